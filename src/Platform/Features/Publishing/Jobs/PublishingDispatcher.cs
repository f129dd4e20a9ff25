using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Options;
using Platform.Features.Publishing.Actions;

namespace Platform.Features.Publishing.Jobs;

/// <summary>
/// Sends publications at their moment. Claims a little ahead, sleeps until the next start and not by the minute, wakes on new work, and on stopping
/// claims nothing more, gives back what waits, and finishes what is out.
/// </summary>
public sealed class PublishingDispatcher(ClaimPublications claims, DispatchPublication dispatch, Announcer announcer, IOptions<PublishingOptions> options, TimeProvider clock, ILogger<PublishingDispatcher> logger) : BackgroundService
{
    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ClaimPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(500);

    private readonly Bell _bell = new();
    private readonly DispatchQueue _queue = new(new(options.Value.Concurrency, options.Value.ConcurrencyPerOrganization, options.Value.ConcurrencyPerChannel));
    private readonly ConcurrentQueue<(ClaimedPublication Work, DispatchLesson Lesson)> _ended = new();
    private readonly ConcurrentDictionary<ClaimedPublication, Task> _running = new();
    private long _claimAt;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled) { return; }
        using var hearing = announcer.OnWake(HearAsync);
        await TryAsync(() => claims.FreeAsync(stoppingToken), stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            TakeEnded();
            await TryAsync(() => ClaimAsync(stoppingToken), stoppingToken);
            StartReady(stoppingToken);
            try { await _bell.WaitAsync(Sleep(), clock, stoppingToken); }
            catch (OperationCanceledException) { break; }
        }
        announcer.SetCalm(true);
        await DrainAsync();
    }

    // A message is the moment of new work; what is due later than the next look anyway needs no waking.
    private Task HearAsync(string message)
    {
        var at = DateTimeOffset.TryParse(message, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment) ? moment : clock.GetUtcNow();
        if (LookBy(at - Lead)) { _bell.Ring(); }
        return Task.CompletedTask;
    }

    // Brings the next claim forward to a moment; false where it comes earlier already.
    private bool LookBy(DateTimeOffset at)
    {
        while (true)
        {
            var current = Interlocked.Read(ref _claimAt);
            if (current <= at.UtcTicks) { return false; }
            if (Interlocked.CompareExchange(ref _claimAt, at.UtcTicks, current) == current) { return true; }
        }
    }

    private async Task ClaimAsync(CancellationToken stopping)
    {
        var now = clock.GetUtcNow();
        if (_queue.Resume(now)) { LookBy(now); }
        if (Interlocked.Read(ref _claimAt) > now.UtcTicks || !_queue.HasRoom) { return; }
        // Set before the look, so that a wake during it is not lost.
        Interlocked.Exchange(ref _claimAt, (now + LongestSleep).UtcTicks);
        var (channels, organizations) = (_queue.BlockedChannels, _queue.BlockedOrganizations);
        // A claim that is given up half way may be stored all the same, and then nobody works on it until its lease ends: a stop waits for it, though not for ever.
        using var patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        using var ends = stopping.Register(() => patience.CancelAfter(ClaimPatience));
        var claimed = await claims.RunAsync(new(_queue.ClaimSize, now + ClaimPublications.Ahead, channels, organizations), patience.Token);
        _queue.Add(claimed);
        if (claimed.Count == _queue.ClaimSize) { LookBy(now); return; }
        if (await claims.NextAsync(_queue.BlockedChannels, _queue.BlockedOrganizations, stopping) is { } next) { LookBy(next - Lead); }
    }

    private void StartReady(CancellationToken stopping)
    {
        while (_queue.Take(clock.GetUtcNow()) is { } work) { _running[work] = Task.Run(() => WorkAsync(work, stopping), CancellationToken.None); }
        announcer.SetCalm(!_queue.IsSaturated(clock.GetUtcNow()));
    }

    private async Task WorkAsync(ClaimedPublication work, CancellationToken stopping)
    {
        var lesson = await dispatch.RunAsync(work, stopping);
        _ended.Enqueue((work, lesson));
        _bell.Ring();
    }

    private void TakeEnded()
    {
        var now = clock.GetUtcNow();
        while (_ended.TryDequeue(out var ended))
        {
            _running.TryRemove(ended.Work, out _);
            if (_queue.Finish(ended.Work) || ended.Lesson.LookAgain) { LookBy(now); }
            if (ended.Lesson.ChannelWaitsUntil is { } until && until > now) { GiveBack(_queue.Pause(ended.Work.ChannelId, until), until); }
        }
    }

    private void GiveBack(IReadOnlyList<ClaimedPublication> waiting, DateTimeOffset at)
    {
        foreach (var work in waiting) { _ = dispatch.GiveBackAsync(work, at); }
    }

    private TimeSpan Sleep()
    {
        var now = clock.GetUtcNow();
        if (!_ended.IsEmpty) { return TimeSpan.Zero; }
        var next = new DateTimeOffset(Math.Min(Interlocked.Read(ref _claimAt), (now + LongestSleep).UtcTicks), TimeSpan.Zero);
        // With no room left, only an end makes room; it rings.
        if (!_queue.HasRoom) { next = now + LongestSleep; }
        if (_queue.NextStart(now) is { } start && start < next) { next = start; }
        if (_queue.NextPauseEnd is { } end && end < next) { next = end; }
        return next <= now ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Ceiling((next - now).TotalMilliseconds));
    }

    private async Task DrainAsync()
    {
        await Task.WhenAll(_queue.Drain().Select(w => dispatch.GiveBackAsync(w, w.StartAt > DateTimeOffset.MinValue ? w.StartAt : clock.GetUtcNow())));
        var left = Task.WhenAll(_running.Values);
        if (await Task.WhenAny(left, Task.Delay(TimeSpan.FromSeconds(options.Value.DrainSeconds), clock)) != left) { logger.LogWarning("{Count} sends were still out at the end", _running.Count); }
    }

    private async Task TryAsync(Func<Task> step, CancellationToken stopping)
    {
        try { await step(); }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested) { }
        catch (Exception e)
        {
            logger.LogError(e, "Due publications cannot be claimed now; it is tried again");
            Interlocked.Exchange(ref _claimAt, (clock.GetUtcNow() + AfterFailure).UtcTicks);
        }
    }
}
