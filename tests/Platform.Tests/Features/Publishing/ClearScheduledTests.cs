using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Features.Publishing.Store;
using Platform.Primitives;
using Platform.Storage.Sqlite;
using Platform.Tenancy;

namespace Platform.Tests.Features.Publishing;

/// <summary>What was scheduled before there were approvals still goes out after the upgrade.</summary>
public sealed class ClearScheduledTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("clear-scheduled-").FullName;
    private readonly SqliteDocumentStore _store;
    private readonly DispatchStore _dispatch;

    public ClearScheduledTests()
    {
        _store = SqliteDocumentStore.Open(_folder, [PublicationStore.Collection]);
        _dispatch = new DispatchStore(_store);
    }

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task What_was_scheduled_before_is_claimed_and_a_draft_or_what_waits_for_approval_is_not()
    {
        var scheduled = await OldAsync(PublicationState.Scheduled);
        var draft = await OldAsync(PublicationState.Draft);
        var waiting = await OldAsync(PublicationState.AwaitingApproval);
        (await _dispatch.DueIdsAsync(Now, default)).ShouldBeEmpty();

        await new ClearScheduled().RunAsync(_store, default);
        await new ClearScheduled().RunAsync(_store, default); // twice, as after a crash

        (await _dispatch.DueIdsAsync(Now, default)).ShouldBe([scheduled.Id]);
        (await _dispatch.GetAsync(scheduled.Id, default))!.Publication.IsClearedNow.ShouldBeTrue();
        foreach (var other in new[] { draft, waiting }) { (await _dispatch.GetAsync(other.Id, default))!.Publication.Cleared.ShouldBeFalse(); }
    }

    // As an older version stored it: with a time, and without the mark.
    private async Task<PublicationRecord> OldAsync(PublicationState state)
    {
        var content = new PublicationContent { Parts = [new PublicationPart("hello", [])] };
        var publication = Publication.Create("p", new PlannedPublication("c", "n", content), "Ada", Now) with { State = state, WakeAt = Now, ClearedFor = null, Cleared = false };
        return await _store.ForPlatform<PublicationRecord>(Caller.Platform).InsertAsync(new PublicationRecord { OrganizationId = Ids.New(), Publication = publication }, default);
    }
}
