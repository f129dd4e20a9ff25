using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Features.Publishing.Store;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Tests.Faults;

/// <summary>Reads what is stored and what the network saw after a run, and names every invariant of the reliability law that does not hold.</summary>
internal static class InvariantChecker
{
    /// <summary>One sentence for each breach; empty where all holds.</summary>
    /// <param name="stored">All publications.</param>
    /// <param name="run">The network's log.</param>
    /// <param name="cancelled">Publications whose cancel was acknowledged.</param>
    public static IReadOnlyList<string> Breaches(IReadOnlyList<PublicationRecord> stored, SinkRun run, IReadOnlyCollection<string> cancelled)
    {
        var accepted = run.Accepted.ToLookup(a => a.Key);
        var calls = run.Calls.ToLookup(c => c.Key);
        return [.. stored.SelectMany(r => OfOne(r, accepted, calls, cancelled)), .. Strangers(stored, run)];
    }

    private static IEnumerable<string> OfOne(PublicationRecord record, ILookup<string, AcceptedCall> accepted, ILookup<string, (string Key, DateTimeOffset At)> calls, IReadOnlyCollection<string> cancelled)
    {
        var it = record.Publication;
        var parts = Enumerable.Range(0, it.Content.Parts.Count).Select(part => $"{record.Id}-{part}").ToList();
        var found = new List<string>();
        if (it.State is Scheduled or PublicationState.Publishing or Draft or AwaitingApproval) { found.Add($"I1 nothing lost: it is still {it.State}"); }
        for (var part = 0; part < parts.Count; part++)
        {
            var key = parts[part];
            if (accepted[key].Count() > 1) { found.Add($"I2 at most once: part {part} was accepted {accepted[key].Count()} times"); }
            if (calls[key].Count() > it.Attempts.Count(a => a.Part == part)) { found.Add($"I3 every call has its attempt: {calls[key].Count()} calls, {it.Attempts.Count(a => a.Part == part)} attempts of part {part}"); }
            if (calls[key].Any(c => c.At < it.Due?.At)) { found.Add($"I4 never early: part {part}"); }
            if (part > 0 && accepted[key].FirstOrDefault() is { } child && accepted[parts[part - 1]].FirstOrDefault() is var parent && (parent is null || child.Parent != parent.Id || child.At < parent.At)) { found.Add($"I6 order: part {part} does not follow part {part - 1}"); }
            if (accepted[key].Any(a => a.ChannelId != it.ChannelId)) { found.Add($"I7 never another's channel: part {part}"); }
            if (accepted[key].Any(a => a.Text != it.Content.Parts[part].Text)) { found.Add($"the text of part {part} is not what is stored"); }
        }
        if (cancelled.Contains(record.Id) && (it.State is not Cancelled || parts.Any(key => accepted[key].Any() || calls[key].Any(c => c.At > it.Ledger[^1].At)))) { found.Add($"I5 a cancel that was acknowledged is obeyed: it is {it.State}"); }
        found.AddRange(Journal(it, [.. parts.Select(key => accepted[key].FirstOrDefault())]));
        return found.Select(sentence => $"{record.Id}: {sentence}");
    }

    // I8: the journal alone must lead to the state, and the state must tell the truth about the network.
    private static IEnumerable<string> Journal(Publication it, AcceptedCall?[] truth)
    {
        if (it.Ledger[^1].State != it.State) { yield return $"I8 the ledger ends with {it.Ledger[^1].State} and the state is {it.State}"; }
        if (it.Ledger.Zip(it.Ledger.Skip(1)).Any(pair => pair.First.State == Published || pair.First.At > pair.Second.At)) { yield return "I8 the ledger goes on after the end, or backwards"; }
        var outs = it.Attempts.Where(a => a.Outcome is "published" or "found").Select(a => a.Part).ToList();
        if (!outs.SequenceEqual(Enumerable.Range(0, it.Sent.Count))) { yield return $"I8 the attempts say that parts {string.Join(',', outs)} are out, the record says {it.Sent.Count}"; }
        if (it.State == Published && it.Sent.Count != it.Content.Parts.Count) { yield return $"I8 published with {it.Sent.Count} of {it.Content.Parts.Count} parts"; }
        if (it.State != Unconfirmed && it.Attempts.Any(a => a.EndedAt is null)) { yield return "I8 an attempt is left open"; }
        for (var part = 0; part < truth.Length && it.State is not Unconfirmed; part++)
        {
            if (part < it.Sent.Count && truth[part]?.Id != it.Sent[part].Id) { yield return $"I8 part {part} is {it.Sent[part].Id} here and {truth[part]?.Id ?? "nothing"} there"; }
            if (part >= it.Sent.Count && truth[part] is { } hidden) { yield return $"I8 part {part} is out there ({hidden.Id}) and not here; the state is {it.State}"; }
        }
    }

    private static IEnumerable<string> Strangers(IReadOnlyList<PublicationRecord> stored, SinkRun run)
    {
        var known = stored.SelectMany(r => Enumerable.Range(0, r.Publication.Content.Parts.Count).Select(part => $"{r.Id}-{part}")).ToHashSet();
        return run.Calls.Where(c => !known.Contains(c.Key)).Select(c => $"I3 a call that no publication made: {c.Key}");
    }
}
