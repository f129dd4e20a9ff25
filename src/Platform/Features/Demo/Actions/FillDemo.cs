using Platform.Features.Demo.Store;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Demo.Actions;

/// <summary>What making the demo came to.</summary>
/// <param name="OrganizationId">Its organization.</param>
/// <param name="Email">Who signs in.</param>
/// <param name="Password">With what; only where it was made just now: afterwards nobody knows it.</param>
public sealed record DemoResult(string OrganizationId, string Email, string? Password);

/// <summary>Makes the demo organization, once; where it is there already nothing happens, and where it was cut off it is completed.</summary>
public sealed class FillDemo(DemoStore store, DemoPeople people, DemoChannels channels, DemoPast past, DemoNumbers numbers, DemoFuture future)
{
    /// <summary>Does it; <paramref name="onPassword"/> hears the new password before anything else can fail.</summary>
    public async Task<DemoResult> RunAsync(Action<DemoResult> onPassword, CancellationToken cancellationToken)
    {
        var record = await store.GetAsync(cancellationToken);
        string? password = null;
        if (record is null)
        {
            (record, password) = await people.RunAsync(cancellationToken);
            onPassword(new DemoResult(record.OrganizationId, record.OwnerEmail, password));
        }
        await CompleteAsync(record, cancellationToken);
        return new DemoResult(record.OrganizationId, record.OwnerEmail, password);
    }

    private async Task CompleteAsync(DemoRecord record, CancellationToken cancellationToken)
    {
        var caller = new Caller { Kind = CallerKind.Person, UserId = record.PeopleIds[0], Name = "Nora Lindqvist", Organization = new(record.OrganizationId), Role = Role.Owner };
        if (record is { HasPast: true } && record.StepsDone >= DemoFuture.StepCount) { return; }
        var ground = await channels.RunAsync(caller, record.PeopleIds, cancellationToken);
        var postIds = record.HasPast ? record.PastPostIds : await TellPastAsync(ground, cancellationToken);
        await numbers.RunAsync(ground, postIds, cancellationToken);
        await future.RunAsync(ground, record.StepsDone, cancellationToken);
    }

    private async Task<IReadOnlyList<string>> TellPastAsync(DemoGround ground, CancellationToken cancellationToken)
    {
        var batch = new WriteBatch();
        var postIds = await past.StageAsync(batch, ground, cancellationToken);
        DemoStore.StagePastDone(batch, postIds);
        await store.CommitAsync(batch, cancellationToken);
        return postIds;
    }
}
