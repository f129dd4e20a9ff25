using Platform.Features.Demo.Actions;
using Platform.Jobs;
using Platform.Primitives;
using Platform.Ui;

namespace Platform.Features.Demo.Ui.Admin;

/// <summary>The offer of the demo, and how far it is.</summary>
public sealed partial class DemoOffer(OfferDemo offer, IJobMonitor monitor, CallerProvider callers)
{
    private DemoView? _demo;
    private Problem? _problem;
    private string? _password;
    private string? _job;
    private string? _line;
    private double _done;
    private bool _busy;

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task FillAsync()
    {
        if (_busy) { return; }
        _busy = true;
        var begun = await offer.RunAsync(await callers.GetAsync(), CancellationToken.None);
        (_problem, _busy) = (begun.Problem, false);
        if (!begun.Ok) { return; }
        (_password, _job) = (begun.Value.Password ?? _password, begun.Value.JobId);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var caller = await callers.GetAsync();
        var read = await offer.ReadAsync(caller, CancellationToken.None);
        if (!read.Ok) { _problem = read.Problem; return; }
        _demo = read.Value;
        if (_demo.State != DemoState.Filling || _job is null) { return; }
        var job = await monitor.GetAsync(caller, _job, CancellationToken.None);
        (_done, _line) = (job?.Progress ?? 0, job?.Error is null ? job?.ProgressMessage : T["DemoOffer.ItFailedAndIsTried"]);
    }
}
