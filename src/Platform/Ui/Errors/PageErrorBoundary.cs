using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Platform.Primitives;

namespace Platform.Ui.Errors;

/// <summary>Catches what a page throws: the frame stays, the reader gets an id to quote, the log gets the same id with the exception.</summary>
public sealed class PageErrorBoundary(ILogger<PageErrorBoundary> log) : ErrorBoundaryBase
{
    private string _id = "";

    /// <inheritdoc />
    protected override Task OnErrorAsync(Exception exception)
    {
        _id = Ids.New();
        log.LogError(exception, "A page failed; the reader was shown the id {ErrorId}", _id);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (CurrentException is null) { builder.AddContent(0, ChildContent); return; }
        builder.OpenComponent<PageFailed>(1);
        builder.AddComponentParameter(2, nameof(PageFailed.ErrorId), _id);
        builder.AddComponentParameter(3, nameof(PageFailed.OnRetry), EventCallback.Factory.Create(this, Recover));
        builder.CloseComponent();
    }
}
