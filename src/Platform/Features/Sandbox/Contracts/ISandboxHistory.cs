using Platform.Networks;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Sandbox.Contracts;

/// <summary>A post that has been on the practice network for a while.</summary>
/// <param name="ChannelId">The channel whose account it is of.</param>
/// <param name="Text">The text.</param>
/// <param name="Media">Its pictures and videos.</param>
/// <param name="At">When it was taken.</param>
public sealed record PastSandboxPost(string ChannelId, string Text, IReadOnlyList<SandboxMediaView> Media, DateTimeOffset At);

/// <summary>Gives the practice network a past, for the demo: its numbers follow from text and age, so they are the same on every start.</summary>
public interface ISandboxHistory
{
    /// <summary>Makes an account as old as this; false where the caller has no such channel on the practice network.</summary>
    Task<bool> OpenedAtAsync(Caller caller, string channelId, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Adds a post to the batch and says where it is; null where the caller has no such channel on the practice network.</summary>
    Task<RemotePost?> StageAsync(WriteBatch batch, Caller caller, PastSandboxPost past, CancellationToken cancellationToken);

    /// <summary>The numbers that a post had at a moment; null where there is no such post.</summary>
    Task<PostMetrics?> NumbersAsync(Caller caller, string channelId, string postId, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>The numbers that an account had at a moment; null where the caller has no such channel on the practice network.</summary>
    Task<AccountMetrics?> AccountAsync(Caller caller, string channelId, DateTimeOffset at, CancellationToken cancellationToken);
}
