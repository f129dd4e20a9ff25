using Microsoft.Extensions.Localization;
using Platform.Coordination;

namespace Platform.Features.Operations.Ui.Admin;

/// <summary>Tells staff that the copies of the app do not hear of each other.</summary>
public sealed partial class AloneBanner(ICoordinationHealth health, ISignals signals, IStringLocalizer<CopiesTexts> T) : IDisposable
{
    private bool _alone;
    private IDisposable? _hearing;

    /// <inheritdoc />
    public void Dispose() => _hearing?.Dispose();

    /// <inheritdoc />
    protected override void OnInitialized() => _alone = health.IsAlone;

    /// <inheritdoc />
    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender || !health.IsShared) { return; }
        _hearing = signals.Subscribe(Topics.Coordination, _ => InvokeAsync(Look));
        // What changed between the first drawing and the subscription.
        Look();
    }

    private void Look()
    {
        if (_alone == health.IsAlone) { return; }
        _alone = health.IsAlone;
        StateHasChanged();
    }
}
