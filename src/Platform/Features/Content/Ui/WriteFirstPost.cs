using Microsoft.Extensions.Localization;
using Platform.Features.Content.Actions;
using Platform.Tenancy;
using Platform.Ui;

namespace Platform.Features.Content.Ui;

/// <summary>Second step: write a post.</summary>
public sealed class WriteFirstPost(ListPosts posts, IStringLocalizer<WriteFirstPost> T) : IFirstStep
{
    /// <inheritdoc />
    public int Order => 20;

    /// <inheritdoc />
    public string Title => T["Title"];

    /// <inheritdoc />
    public string Text => T["Text"];

    /// <inheritdoc />
    public string Url => "/compose";

    /// <inheritdoc />
    public async Task<bool> IsDoneAsync(Caller caller, CancellationToken cancellationToken) =>
        (await posts.RunAsync(caller, new ListPostsRequest { Limit = 1 }, cancellationToken)).Value?.Items.Count > 0;
}
