using Platform.Features.Demo.Store;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Demo.Actions;

/// <summary>What making the demo came to.</summary>
/// <param name="OrganizationId">Its organization.</param>
/// <param name="Email">Who signs in.</param>
/// <param name="Password">With what; only where it was made just now: afterwards nobody knows it.</param>
public sealed record DemoResult(string OrganizationId, string Email, string? Password);

/// <summary>Hears how far the demo is, 0 to 1, and what comes next.</summary>
public delegate Task DemoProgress(double done, string next);

/// <summary>Makes the demo organization, once; where it is there already nothing happens, and where it was cut off it is completed.</summary>
public sealed class FillDemo(DemoStore store, DemoPeople people, DemoChannels channels, DemoPast past, DemoNumbers numbers, DemoFuture future)
{
    private static readonly DemoProgress Unseen = (_, _) => Task.CompletedTask;

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
        await CompleteAsync(record, Unseen, cancellationToken);
        return new DemoResult(record.OrganizationId, record.OwnerEmail, password);
    }

    /// <summary>Completes the demo whose people are there, from where it was left; nothing where there is none.</summary>
    public async Task CompleteAsync(DemoProgress progress, CancellationToken cancellationToken)
    {
        if (await store.GetAsync(cancellationToken) is { } record) { await CompleteAsync(record, progress, cancellationToken); }
    }

    /// <summary>Whether all of it is there.</summary>
    public static bool IsComplete(DemoRecord record) => record.HasPast && record.StepsDone >= DemoFuture.StepCount;

    private async Task CompleteAsync(DemoRecord record, DemoProgress progress, CancellationToken cancellationToken)
    {
        var caller = new Caller { Kind = CallerKind.Person, UserId = record.PeopleIds[0], Name = "Nora Lindqvist", Organization = new(record.OrganizationId), Role = Role.Owner };
        if (IsComplete(record)) { return; }
        await progress(0.1, "Connecting channels and drawing pictures");
        var ground = await channels.RunAsync(caller, record.PeopleIds, cancellationToken);
        await progress(0.3, "Telling ninety days of posts");
        var postIds = record.HasPast ? record.PastPostIds : await TellPastAsync(ground, cancellationToken);
        await progress(0.5, "Counting their numbers");
        await numbers.RunAsync(ground, postIds, cancellationToken);
        await progress(0.7, "Planning the coming two weeks");
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
