using Microsoft.Extensions.Options;
using Platform.Features.Sandbox.Contracts;
using Platform.Features.Sandbox.Domain;
using Platform.Features.Sandbox.Store;
using Platform.Primitives;

namespace Platform.Features.Sandbox.Actions;

/// <summary>Reads an account's public page: the newest threads with their answers and numbers. Public like any network's page.</summary>
public sealed class ReadSandboxPage(SandboxStore store, IOptions<SandboxSettings> settings, TimeProvider time)
{
    private const int Newest = 60;

    /// <summary>Runs it.</summary>
    public async Task<Result<SandboxPage>> RunAsync(string handle, CancellationToken cancellationToken)
    {
        if (!settings.Value.Enabled || await store.ByHandleAsync(handle, cancellationToken) is not { } account) { return Problem.NotFound("practice channel"); }
        var now = time.GetUtcNow();
        var posts = await store.NewestAsync(account.Id, Newest, cancellationToken);
        var parts = posts.Where(p => p.RootId is not null).ToLookup(p => p.RootId);
        var firsts = posts.Where(p => p.RootId is null).Select(p => View(account, p, now) with { Parts = [.. parts[p.Id].OrderBy(x => x.CreatedAt).ThenBy(x => x.Id).Select(x => View(account, x, now))] });
        return new SandboxPage(account.Handle, account.DisplayName, Growth.Followers(account, now), Growth.Following(account), [.. firsts]);
    }

    private static SandboxPostView View(SandboxAccount account, SandboxPost post, DateTimeOffset now)
    {
        var numbers = Growth.Of(account, post, now);
        return new SandboxPostView(post.Id, post.Text, post.ContentWarning, [.. post.Media.Select(m => new SandboxMediaView(m.ContentType, m.AltText, m.Url))], post.CreatedAt,
            new SandboxNumbersView(numbers.Impressions, numbers.Likes, numbers.Comments, numbers.Shares))
        {
            EditedAt = post.EditedAt,
            Comments = [.. Comments.Of(account, post, now).Select(c => new SandboxCommentView(c.AuthorName, c.AuthorHandle, c.Text, c.CreatedAt))],
        };
    }
}
