using Platform.Features.Audit.Contracts;
using Platform.Features.Audit.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Tests.Features.Audit;

public sealed class ChainTests : IDisposable
{
    private readonly AuditRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task An_untouched_log_is_sound_and_every_organization_has_a_chain_without_gaps()
    {
        var (ada, bob) = (await _rig.WriteAsync(5), await _rig.WriteAsync(3));
        await _rig.WriteAsync(2, ada.Organization);
        var verdict = await _rig.VerdictAsync();
        verdict.Faults.ShouldBeEmpty();
        (verdict.Sound, verdict.Entries, verdict.HeadSequence, verdict.Waiting).ShouldBe((true, 10, 10, 0));
        (await _rig.Verify.OwnAsync(ada, null, default)).Unwrap().Entries.ShouldBe(7);
        (await _rig.Verify.OwnAsync(bob, null, default)).Unwrap().Entries.ShouldBe(3);
    }

    [Fact]
    public async Task Fifty_writers_and_four_copies_make_one_chain_without_gaps()
    {
        var organizations = Enumerable.Range(0, 5).Select(_ => AuditRig.NewOrganization()).ToArray();
        using var stop = new CancellationTokenSource();
        var sealing = Enumerable.Range(0, 4).Select(_ => _rig.AnotherCopy()).Select(copy => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) { await copy.RunAsync(default); await Task.Yield(); }
        })).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(writer => Task.Run(async () =>
        {
            var caller = AuditRig.Owner(organizations[writer % 5]);
            for (var i = 0; i < 10; i++) { await _rig.Log.RecordAsync(caller, new AuditEntry("post.created", "post", Ids.New()), default); }
        })));
        await stop.CancelAsync();
        await Task.WhenAll(sealing);
        await _rig.Sealing.RunAsync(default);
        var verdict = await _rig.VerdictAsync();
        verdict.Faults.ShouldBeEmpty();
        (verdict.Entries, verdict.HeadSequence, verdict.Waiting).ShouldBe((500, 500, 0));
        foreach (var organization in organizations) { (await _rig.Verify.OwnAsync(AuditRig.Owner(organization), null, default)).Unwrap().Entries.ShouldBe(100); }
    }

    [Fact]
    public async Task What_was_written_before_a_crash_is_sealed_after_it()
    {
        var caller = await _rig.WriteAsync(2);
        await _rig.Log.RecordAsync(caller, new AuditEntry("post.deleted", "post", Ids.New()), default);
        _rig.Reopen();
        var before = await _rig.VerdictAsync();
        (before.Sound, before.Entries, before.Waiting).ShouldBe((true, 2, 1));
        await _rig.Sealing.RunAsync(default);
        var after = await _rig.VerdictAsync();
        (after.Sound, after.Entries, after.Waiting).ShouldBe((true, 3, 0));
    }

    [Fact]
    public async Task An_entry_that_waits_for_more_than_a_minute_is_a_fault()
    {
        var caller = await _rig.WriteAsync(1);
        await _rig.Log.RecordAsync(caller, new AuditEntry("post.deleted", "post", Ids.New()), default);
        _rig.Clock.Advance(TimeSpan.FromSeconds(59));
        (await _rig.VerdictAsync()).Sound.ShouldBeTrue();
        _rig.Clock.Advance(TimeSpan.FromSeconds(2));
        (await _rig.VerdictAsync()).Faults.Single().Kind.ShouldBe("unsealed");
    }

    [Fact]
    public async Task A_batch_that_fails_leaves_no_record_and_nothing_waiting()
    {
        var caller = await _rig.WriteAsync(1);
        var batch = new WriteBatch().Delete<AuditPending>(Caller.Platform, Ids.New());
        _rig.Log.Record(batch, caller, new AuditEntry("post.deleted", "post", Ids.New()));
        (await _rig.Store.CommitAsync(batch, default)).ShouldBeFalse();
        (await _rig.VerdictAsync()).Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task The_door_of_the_store_changes_and_deletes_no_entry()
    {
        await _rig.WriteAsync(1);
        var id = _rig.IdOf(1);
        var (records, seals) = (_rig.Store.ForPlatform<AuditRecord>(Caller.Platform), _rig.Store.ForPlatform<AuditSeal>(Caller.Platform));
        await Should.ThrowAsync<InvalidOperationException>(() => records.DeleteAsync(id, default));
        await Should.ThrowAsync<InvalidOperationException>(() => records.DeleteManyAsync(r => r.Id == id, default));
        await Should.ThrowAsync<InvalidOperationException>(() => records.UpdateOneAsync(r => r.Id == id, new Update<AuditRecord>().Set(r => r.Detail, "x")));
        await Should.ThrowAsync<InvalidOperationException>(() => records.UpdateManyAsync(r => r.Id == id, new Update<AuditRecord>().Set(r => r.Detail, "x"), default));
        await Should.ThrowAsync<InvalidOperationException>(async () => await records.TryReplaceAsync((await records.GetAsync(id, default))!, default));
        await Should.ThrowAsync<InvalidOperationException>(() => seals.DeleteAsync(id, default));
        await Should.ThrowAsync<InvalidOperationException>(() => _rig.Store.CommitAsync(new WriteBatch().Delete<AuditRecord>(Caller.Platform, id), default));
    }

    [Fact]
    public async Task Records_of_before_the_chain_are_sealed_by_the_migration_however_often_it_runs()
    {
        var records = _rig.Store.ForPlatform<AuditRecord>(Caller.Platform);
        for (var i = 0; i < 3; i++)
        {
            // As old records are: with ticks below the millisecond.
            var at = new DateTimeOffset(2026, 11, 1, 8, i, 0, TimeSpan.Zero).AddTicks(1234567);
            await records.InsertAsync(new AuditRecord { Id = Ids.New(at), At = at, ActorKind = CallerKind.System, ActorName = "platform", Action = "post.created", TargetKind = "post", TargetId = Ids.New(), Detail = "" }, default);
        }
        (await _rig.VerdictAsync()).Faults.Select(f => f.Kind).ShouldBe(["inserted", "inserted", "inserted"]);
        await new SealOldRecords().RunAsync(_rig.Store, default);
        await new SealOldRecords().RunAsync(_rig.Store, default);
        await _rig.Sealing.RunAsync(default);
        await new SealOldRecords().RunAsync(_rig.Store, default);
        await _rig.Sealing.RunAsync(default);
        var verdict = await _rig.VerdictAsync();
        (verdict.Sound, verdict.Entries, verdict.Waiting).ShouldBe((true, 3, 0));
    }

    [Fact]
    public async Task Secrets_never_reach_a_record()
    {
        var caller = AuditRig.Owner(AuditRig.NewOrganization());
        await _rig.Log.RecordAsync(caller, new AuditEntry("account.updated", "user", caller.UserId!, "with plk_abcdefghijklmnopqrstuvwxyz0123456789")
        {
            Changes =
            [
                new AuditChange("password", "hunter2hunter2", "swordfish99"), new AuditChange("apiToken", null, "t0ps3cr3t"), new AuditChange("callback", "https://u:pw0rdpw0rd@example.com/x", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIi.c2ln"),
                .. Enumerable.Range(0, 60).Select(i => new AuditChange($"f{i}", new string('x', 900), "y")),
            ],
        }, default);
        var stored = _rig.Scalar("SELECT CAST(body AS TEXT) FROM audit_records");
        foreach (var secret in (string[])["hunter2", "swordfish", "t0ps3cr3t", "pw0rd", "eyJhbGci", "plk_abc"]) { stored.ShouldNotContain(secret); }
        stored.Length.ShouldBeLessThan(30_000);
        stored.ShouldContain("23 more");
    }
}
