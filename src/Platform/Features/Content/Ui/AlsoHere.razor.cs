using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Coordination;
using Platform.Primitives;
using Platform.Ui;

namespace Platform.Features.Content.Ui;

/// <summary>Says that this person edits a post, for as long as the page is open, and shows who else does.</summary>
public sealed partial class AlsoHere(IPresence presence, ISignals signals, CallerProvider callers, TimeProvider time, IStringLocalizer<PresenceTexts> T) : IAsyncDisposable
{
    private static readonly TimeSpan Beat = IPresence.Expiry / 3;
    private readonly string _visit = Ids.New();
    private IReadOnlyList<string> _others = [];
    private (string Place, Visitor Me, IDisposable Hearing)? _here;
    private ITimer? _timer;
    private bool _gone;

    /// <summary>The post; null while it was never saved.</summary>
    [Parameter, EditorRequired]
    public required string? PostId { get; set; }

    private string Words => _others switch
    {
        [var one] => T["One", one],
        [var one, var two] => T["Two", one, two],
        _ => T["More", _others[0], _others[1], _others.Count - 2],
    };

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _gone = true;
        _timer?.Dispose();
        await LeaveAsync();
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // Only a live circuit gets here. A new post gets its id with its first save.
        if (firstRender) { _timer = time.CreateTimer(_ => _ = InvokeAsync(BeatAsync), null, Beat, Beat); }
        if (PostId is null || _gone || _here?.Place == PlaceOf(PostId)) { return; }
        await EnterAsync(PlaceOf(PostId));
    }

    private static string PlaceOf(string postId) => $"post:{postId}";

    private async Task EnterAsync(string place)
    {
        var caller = await callers.GetAsync();
        if (caller.UserId is not { } user || caller.Organization is null) { return; }
        await LeaveAsync();
        _here = (place, new Visitor(_visit, user, caller.Name), signals.Subscribe(Topics.Presence(place), told => told == _visit ? Task.CompletedTask : InvokeAsync(BeatAsync)));
        await BeatAsync();
    }

    private async Task LeaveAsync()
    {
        if (_here is not var (place, me, hearing)) { return; }
        _here = null;
        hearing.Dispose();
        await presence.LeaveAsync(place, me);
    }

    private async Task BeatAsync()
    {
        if (_gone || _here is not var (place, me, _)) { return; }
        var others = (await presence.EnterAsync(place, me)).Where(v => v.UserId != me.UserId).DistinctBy(v => v.UserId).Select(v => v.Name).ToList();
        if (_gone || others.SequenceEqual(_others)) { return; }
        _others = others;
        StateHasChanged();
    }
}
