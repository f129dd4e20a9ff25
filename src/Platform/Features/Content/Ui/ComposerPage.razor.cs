using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Features.Channels.Contracts;
using Platform.Features.Content.Actions;
using Platform.Features.Content.Contracts;
using Platform.Features.Media.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Networks;
using Platform.Primitives;
using Platform.Ui;
using Platform.Ui.Live;
using Platform.Ui.Parts;

namespace Platform.Features.Content.Ui;

/// <summary>Writes a post: one text, a text of its own per channel, media, thread parts, a live preview with exact counters, a time. Saves by itself.</summary>
public sealed partial class ComposerPage(ComposerServices services, CallerProvider callers, NavigationManager navigation, Toasts toasts, ComposerFrame frame) : IAsyncDisposable
{
    private Result<ComposerDesk>? _loaded;
    private ComposerSaver? _saver;
    private Problem? _said;
    private string? _variantOf;
    private DateTime? _local;
    private string _zone = "Etc/UTC";
    private bool _sending;
    private ApprovalForecast? _forecast;
    private string? _shown;

    /// <summary>The post; null for a new one.</summary>
    [Parameter] public string? Id { get; set; }

    /// <summary>A wall-clock time to start with (from the calendar).</summary>
    [SupplyParameterFromQuery(Name = "at")] private string? At { get; set; }

    /// <summary>A text to start with (from a trend, an agent, a share).</summary>
    [SupplyParameterFromQuery(Name = "text")] private string? StartText { get; set; }

    [CascadingParameter] private ReaderSettings? Reader { get; set; }

    private ComposerDraft Draft { get; set; } = new();

    private IStringLocalizer<ApprovalTexts> T => frame.Words;

    private IEnumerable<ComposerPanel> Panels => frame.Panels.OrderBy(p => p.Order);

    private bool CanSend => !_sending && _loaded is { Ok: true } && !_loaded.Value.IsBlocked(Draft) && _saver?.State != SaveState.Conflict;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_saver is null) { return; }
        if (_saver.IsBehind && _saver.State != SaveState.Conflict) { await _saver.SaveAsync(CancellationToken.None); }
        await _saver.DisposeAsync();
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        // The address changes to the post's own after the first save; that is no reason to load it again.
        if (_loaded is not null && (Id == _shown || Id == Draft.PostId)) { return; }
        _shown = Id;
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        _loaded = null;
        Draft = new();
        var caller = await callers.GetAsync();
        if (Id is not null && await services.LoadAsync(caller, Id, Draft) is { } problem) { _loaded = problem; return; }
        if (Id is null && StartText is { Length: > 0 and <= 10_000 }) { Draft.Parts[0].Text = StartText; }
        var desk = await services.DeskAsync(caller);
        if (Id is null && desk.Channels is [var only]) { Draft.Toggle(only.Id); }
        _zone = Reader?.Zone.Id ?? _zone;
        _local = DateTime.TryParse(At, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : services.PlannedFor(Draft, ref _zone);
        if (_saver is not null) { await _saver.DisposeAsync(); }
        _saver = new(services.Posts, Draft, frame.Clock, callers.GetAsync, () => InvokeAsync(SaverChanged));
        _saver.TakeTheirs();
        _forecast = await services.ForecastAsync(caller, Draft.ChannelIds);
        _loaded = desk;
    }

    private void SaverChanged()
    {
        if (Id is null && Draft.PostId is { } id) { navigation.NavigateTo($"/compose/{id}", replace: true); }
        StateHasChanged();
    }

    private string TextLabel(int index) => index > 0 ? Words["TextPart", index + 1] : _variantOf is { } id ? Words["TextFor", _loaded?.Value?.Find(id)?.DisplayName ?? ""] : Words["Text"];

    private void Changed()
    {
        Draft.Touch();
        _said = null;
        _saver?.Touch();
    }

    private Task ChangedAsync() { Changed(); return Task.CompletedTask; }

    private async Task ToggleAsync(string channelId)
    {
        Draft.Toggle(channelId);
        if (_variantOf == channelId) { _variantOf = null; }
        _forecast = await services.ForecastAsync(await callers.GetAsync(), Draft.ChannelIds);
        Changed();
    }

    private Task WriteAsync(ComposerPart part, int index, string text)
    {
        if (index == 0 && _variantOf is { } channel) { Draft.SetVariant(channel, text); } else { part.Text = text; }
        return ChangedAsync();
    }

    private Task SetVariantAsync((string ChannelId, string? Text) variant)
    {
        Draft.SetVariant(variant.ChannelId, variant.Text);
        return ChangedAsync();
    }

    private Task AddPartAsync() { Draft.AddPart(); return ChangedAsync(); }

    private Task MoveAsync(ComposerPart part, int by) { Draft.Move(part, by); return ChangedAsync(); }

    private Task RemoveAsync(ComposerPart part)
    {
        var at = Draft.RemovePart(part);
        toasts.OfferUndo(Words["PartRemoved"], () => InvokeAsync(() => { Draft.Parts.Insert(Math.Min(at, Draft.Parts.Count), part); Changed(); StateHasChanged(); }));
        return ChangedAsync();
    }

    private Task TagAsync(bool on) { Draft.Tag(on); return ChangedAsync(); }

    private Task SetLabelsAsync(string? text)
    {
        Draft.Labels.Clear();
        Draft.Labels.AddRange((text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().Take(20));
        return ChangedAsync();
    }

    private Task SendAsync() => SendAsync(_local is { } local ? new WhenToPublish(local, _zone, null) : null);

    private Task PublishNowAsync() => SendAsync(null);

    private async Task SendAsync(WhenToPublish? when)
    {
        _sending = true;
        try
        {
            if (!await _saver!.SaveAsync(CancellationToken.None)) { _said = _saver.Problem; return; }
            var submit = _forecast is { MustSubmit: true };
            var result = await services.SendAsync(await callers.GetAsync(), Draft, when, submit);
            if (!result.Ok) { _said = result.Problem; return; }
            toasts.Say(submit ? T["SubmittedNow"] : when is null ? Words["OnItsWay"] : Words["Scheduled"]);
            navigation.NavigateTo($"/posts/{Draft.PostId}");
        }
        finally
        {
            _sending = false;
        }
    }

    private async Task KeepMineAsync()
    {
        var theirs = await services.Posts.GetAsync(await callers.GetAsync(), Draft.PostId!, CancellationToken.None);
        if (!theirs.Ok) { _said = theirs.Problem; return; }
        await _saver!.KeepMineAsync(theirs.Value, CancellationToken.None);
    }

    private async Task TakeTheirsAsync()
    {
        if (await services.LoadAsync(await callers.GetAsync(), Draft.PostId!, Draft) is { } problem) { _said = problem; return; }
        _saver!.TakeTheirs();
    }

    private async Task FollowAsync(IReadOnlyCollection<LiveChange> changes)
    {
        if (_loaded is { Ok: true }) { _loaded = await services.DeskAsync(await callers.GetAsync()); }
    }

    private Dictionary<string, object> PanelParameters(ComposerDesk desk) => new()
    {
        ["Context"] = new ComposerContext
        {
            Text = Draft.Parts[0].Text,
            Channels = [.. desk.Chosen(Draft).Select(c => new ComposerChannel(c.Id, c.Network, c.DisplayName))],
            ScheduledAt = _local is { } local && services.Scheduling.Resolve(local, _zone) is { Ok: true } resolved ? resolved.Value.At : null,
            TimeZone = _zone,
            ApplyText = text => InvokeAsync(() => Apply(() => Draft.Parts[0].Text = text)),
            ApplyVariant = (channel, text) => InvokeAsync(() => Apply(() => Draft.SetVariant(channel, text))),
            ApplyTime = at => InvokeAsync(() => { _local = TimeZoneInfo.ConvertTime(at, ReaderSettings.For(_zone).Zone).DateTime; StateHasChanged(); }),
        },
    };

    // What an agent proposed and a person accepted can be taken back like a deletion.
    private void Apply(Action change)
    {
        var (text, variants) = (Draft.Parts[0].Text, Draft.Variants.ToDictionary());
        change();
        Changed();
        toasts.OfferUndo(Words["Replaced"], () => InvokeAsync(() =>
        {
            Draft.Parts[0].Text = text;
            foreach (var channel in Draft.ChannelIds) { Draft.SetVariant(channel, variants.GetValueOrDefault(channel)); }
            Changed();
            StateHasChanged();
        }));
        StateHasChanged();
    }
}

/// <summary>What stands around the composer: other features' panels, the clock, the words of approval.</summary>
public sealed record ComposerFrame(IEnumerable<ComposerPanel> Panels, TimeProvider Clock, IStringLocalizer<ApprovalTexts> Words);
