using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Platform.Primitives;
using Platform.Ui.Parts;

namespace Platform.Ui.Errors;

/// <summary>
/// Catches what a page throws: the frame stays, the reader gets an id to quote, the log gets the same id with the exception. A passing trouble that
/// its room explains (the storage is away) is told in its words instead: it is no fault to report.
/// </summary>
public sealed class PageErrorBoundary(ILogger<PageErrorBoundary> log, IEnumerable<ExplainException> explanations) : ErrorBoundaryBase
{
    private string _id = "";
    private Problem? _problem;

    /// <inheritdoc />
    protected override Task OnErrorAsync(Exception exception)
    {
        _problem = explanations.Select(explain => explain(exception)).FirstOrDefault(problem => problem is not null);
        if (_problem is not null) { log.LogWarning("A page could not be drawn: {Reason}", exception.Message); return Task.CompletedTask; }
        _id = Ids.New();
        log.LogError(exception, "A page failed; the reader was shown the id {ErrorId}", _id);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (CurrentException is null) { builder.AddContent(0, ChildContent); return; }
        if (_problem is not null)
        {
            builder.OpenComponent<ProblemView>(4);
            builder.AddComponentParameter(5, nameof(ProblemView.Problem), _problem);
            builder.AddComponentParameter(6, nameof(ProblemView.OnRetry), EventCallback.Factory.Create(this, Recover));
            builder.CloseComponent();
            return;
        }
        builder.OpenComponent<PageFailed>(1);
        builder.AddComponentParameter(2, nameof(PageFailed.ErrorId), _id);
        builder.AddComponentParameter(3, nameof(PageFailed.OnRetry), EventCallback.Factory.Create(this, Recover));
        builder.CloseComponent();
    }
}
