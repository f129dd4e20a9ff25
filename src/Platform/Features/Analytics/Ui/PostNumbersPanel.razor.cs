using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Features.Analytics.Contracts;
using Platform.Features.Content.Contracts;
using Platform.Networks;
using Platform.Ui;

namespace Platform.Features.Analytics.Ui;

/// <summary>The numbers and replies of a post. Shows nothing while none of its publications is out.</summary>
public sealed partial class PostNumbersPanel(IAnalytics analytics, INetworks networks, CallerProvider callers, IStringLocalizer<DashboardTexts> T)
{
    private IReadOnlyList<PublicationNumbers> _numbers = [];
    private IReadOnlyList<ReplyView> _replies = [];

    /// <summary>The post.</summary>
    [Parameter, EditorRequired]
    public required PostView Post { get; set; }

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var caller = await callers.GetAsync();
        _numbers = await analytics.OfPostAsync(caller, Post.Id, CancellationToken.None);
        _replies = await analytics.RepliesAsync(caller, Post.Id, CancellationToken.None);
    }

    private string Why(PublicationNumbers publication) => publication.CollectedAt is null ? T["NotRead"] : T["NotTold"];

    // What a network gives as an address is not trusted to be one.
    private static bool IsWeb(string? url) => url is not null && (url.StartsWith("https://", StringComparison.Ordinal) || url.StartsWith("http://", StringComparison.Ordinal) || url.StartsWith("/sandbox/", StringComparison.Ordinal));
}
