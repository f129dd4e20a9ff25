using Platform.Features.Publishing.Actions;

namespace Platform.Tests.Features.Publishing;

/// <summary>Who of a data folder lives: what others of it had claimed is freed at a start.</summary>
public sealed class WorkerIdentityTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("workers-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_living_worker_of_the_folder_is_named_and_an_ended_one_is_not()
    {
        using var first = new WorkerIdentity(_folder);
        var second = new WorkerIdentity(_folder);
        first.Node.ShouldBe(second.Node);
        first.Living().ShouldBe([first.Worker, second.Worker], ignoreOrder: true);
        second.Dispose();
        first.Living().ShouldBe([first.Worker]);
    }

    [Fact]
    public void Locks_of_the_dead_are_cleared_away_and_those_of_the_living_stay()
    {
        using var living = new WorkerIdentity(_folder);
        new WorkerIdentity(_folder).Dispose();
        using var next = new WorkerIdentity(_folder);
        next.ClearDead();
        next.Living().ShouldBe([next.Worker, living.Worker], ignoreOrder: true);
        Directory.GetFiles(Path.Combine(_folder, "workers")).Length.ShouldBe(2);
    }

    [Fact]
    public void Without_a_folder_it_is_alone_with_itself()
    {
        using var worker = new WorkerIdentity(null);
        worker.Living().ShouldBe([worker.Worker]);
        worker.ClearDead();
    }
}
