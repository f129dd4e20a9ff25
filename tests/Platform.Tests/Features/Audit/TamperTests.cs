using Platform.Features.Audit.Actions;
using Platform.Features.Audit.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Tests.Features.Audit;

/// <summary>Every way to falsify the log with the data file in hand is found, and the finding names the entry.</summary>
public sealed class TamperTests : IDisposable
{
    private readonly AuditRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData("$.detail")]
    [InlineData("$.actorName")]
    [InlineData("$.actorId")]
    [InlineData("$.at")]
    [InlineData("$.action")]
    [InlineData("$.address")]
    [InlineData("$.changes[0].before")]
    [InlineData("$.organizationId")]
    [InlineData("$.impersonatorName")]
    public async Task A_changed_field_is_found(string path)
    {
        await _rig.WriteAsync(6);
        var id = _rig.IdOf(3);
        var value = path == "$.at" ? "2020-01-01T00:00:00.0000000Z" : "somebody else";
        _rig.Tamper("UPDATE audit_records SET body = CAST(json_set(CAST(body AS TEXT), $0, $1) AS BLOB) WHERE id = $2", path, value, id).ShouldBe(1);
        await FoundAsync("changed", 3, id);
    }

    [Fact]
    public async Task A_deleted_record_is_found()
    {
        await _rig.WriteAsync(6);
        var id = _rig.IdOf(4);
        _rig.Tamper("DELETE FROM audit_records WHERE id = $0", id);
        await FoundAsync("deleted", 4, id);
    }

    [Fact]
    public async Task A_record_deleted_with_its_seal_is_found()
    {
        await _rig.WriteAsync(6);
        var id = _rig.IdOf(4);
        _rig.Tamper("DELETE FROM audit_records WHERE id = $0", id);
        _rig.Tamper("DELETE FROM audit_seals WHERE id = $0", id);
        await FoundAsync("deleted", 4, null);
    }

    [Fact]
    public async Task An_inserted_record_is_found()
    {
        await _rig.WriteAsync(6);
        var id = Ids.New();
        _rig.Tamper("INSERT INTO audit_records (id, version, org, body) SELECT $0, 1, NULL, CAST(json_set(CAST(body AS TEXT), '$.id', $0) AS BLOB) FROM audit_records WHERE id = $1", id, _rig.IdOf(2));
        await FoundAsync("inserted", null, id);
    }

    [Fact]
    public async Task An_entry_forged_with_right_hashes_but_without_the_key_is_found()
    {
        var caller = await _rig.WriteAsync(3);
        // A whole new end, with every hash computed as it should be: only the proof cannot be made without the master key.
        using var forger = new AuditRig();
        await forger.WriteAsync(5, caller.Organization);
        foreach (var table in (string[])["audit_records", "audit_seals"])
        {
            _rig.Tamper($"DELETE FROM {table}");
            _rig.Tamper($"ATTACH '{Path.Combine(forger.Folder, "platform.db")}' AS other; INSERT INTO {table} SELECT * FROM other.{table}");
        }
        (await _rig.VerdictAsync()).Faults.ShouldContain(f => f.Kind == "forged" && f.Sequence == 1);
    }

    [Fact]
    public async Task Two_entries_in_each_others_place_are_found()
    {
        await _rig.WriteAsync(6);
        var (second, fifth) = (_rig.IdOf(2), _rig.IdOf(5));
        foreach (var (id, sequence) in (IEnumerable<(string, int)>)[(second, 105), (fifth, 2), (second, 5)])
        {
            _rig.Tamper($"UPDATE audit_seals SET body = CAST(json_set(CAST(body AS TEXT), '$.sequence', {sequence}, '$.chainSequence', {sequence}) AS BLOB) WHERE id = $0", id);
        }
        var faults = (await _rig.VerdictAsync()).Faults;
        faults.Select(f => (f.Kind, f.Sequence)).ShouldContain(("reordered", 2));
        faults.Select(f => (f.Kind, f.Sequence)).ShouldContain(("reordered", 5));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(6)]
    public async Task A_cut_end_is_found(int kept)
    {
        await _rig.WriteAsync(7);
        for (var i = 7; i > kept; i--)
        {
            var id = _rig.IdOf(i);
            _rig.Tamper("DELETE FROM audit_records WHERE id = $0", id);
            _rig.Tamper("DELETE FROM audit_seals WHERE id = $0", id);
        }
        await FoundAsync("truncated", kept + 1, null);
        // Going on does not cover it up.
        await _rig.WriteAsync(10);
        (await _rig.VerdictAsync()).Sound.ShouldBeFalse();
    }

    [Fact]
    public async Task A_record_changed_before_its_seal_is_found_after_it()
    {
        var caller = await _rig.WriteAsync(2);
        await _rig.Log.RecordAsync(caller, new AuditEntry("post.deleted", "post", Ids.New(), "now"), default);
        _rig.Tamper("UPDATE audit_records SET body = CAST(json_set(CAST(body AS TEXT), '$.detail', 'then') AS BLOB) WHERE id IN (SELECT id FROM audit_pending)");
        await _rig.Sealing.RunAsync(default);
        await FoundAsync("changed", 3, _rig.IdOf(3));
    }

    [Fact]
    public async Task A_lost_key_is_found_and_never_replaced()
    {
        var caller = await _rig.WriteAsync(2);
        _rig.Tamper("DELETE FROM audit_keys");
        _rig.Reopen();
        await _rig.Log.RecordAsync(caller, new AuditEntry("post.deleted", "post", Ids.New()), default);
        (await _rig.Sealing.RunAsync(default)).ShouldBe(0);
        (await _rig.VerdictAsync()).Faults.ShouldContain(f => f.Kind == "forged");
    }

    [Fact]
    public async Task A_checkpoint_that_is_not_ours_is_found()
    {
        await _rig.WriteAsync(2);
        await File.AppendAllTextAsync(Path.Combine(_rig.Folder, "audit", "checkpoints.log"), $"1 {new string('a', 64)} {new string('b', 64)}\n");
        (await _rig.VerdictAsync()).Faults.ShouldContain(f => f.Kind == "forged");
    }

    [Fact]
    public async Task An_older_state_of_the_store_shows_until_somebody_accepts_it_and_that_is_recorded()
    {
        await _rig.WriteAsync(3);
        var (records, seals) = (_rig.IdOf(3), _rig.IdOf(2));
        foreach (var id in (string[])[records, seals])
        {
            _rig.Tamper("DELETE FROM audit_records WHERE id = $0", id);
            _rig.Tamper("DELETE FROM audit_seals WHERE id = $0", id);
        }
        (await _rig.VerdictAsync()).Faults.ShouldContain(f => f.Kind == "truncated");
        await _rig.Accept.RunAsync(default);
        var verdict = await _rig.VerdictAsync();
        (verdict.Sound, verdict.Entries).ShouldBe((true, 2));
        _rig.Scalar("SELECT CAST(body AS TEXT) ->> '$.action' FROM audit_records WHERE id IN (SELECT id FROM audit_seals WHERE CAST(body AS TEXT) ->> '$.sequence' = 2)").ShouldBe("audit.end_accepted");
    }

    [Fact]
    public async Task A_customer_who_kept_a_hash_sees_that_their_end_was_cut()
    {
        var caller = await _rig.WriteAsync(4);
        var kept = (await _rig.Verify.OwnAsync(caller, null, default)).Unwrap();
        _rig.Tamper("DELETE FROM audit_records WHERE id = $0", _rig.IdOf(4));
        _rig.Tamper("DELETE FROM audit_seals WHERE id = $0", _rig.IdOf(4));
        (await _rig.Verify.OwnAsync(caller, new KnownHead(kept.HeadSequence, kept.HeadHash), default)).Unwrap().Faults.Single().Kind.ShouldBe("truncated");
    }

    private async Task FoundAsync(string kind, long? sequence, string? id)
    {
        var verdict = await _rig.VerdictAsync();
        verdict.Sound.ShouldBeFalse();
        verdict.Faults.ShouldContain(f => f.Kind == kind && f.Sequence == sequence && (id == null || f.RecordId == id), string.Join('\n', verdict.Faults.Select(f => $"{f.Kind} {f.Sequence} {f.Message}")));
    }
}
