namespace Platform.Networks.Bluesky;

/// <summary>Reads errors by their <c>error</c> field. Source: NETWORKS facts, section 12: an expired token is a 400, not a 401.</summary>
internal static class BlueskyAnswers
{
    private static readonly string[] GoneGrants = ["InvalidToken", "AuthMissing", "AuthenticationRequired", "AuthFactorTokenRequired", "AccountDeactivated", "BadJwt"];

    /// <summary>The name of an error; empty where there is none.</summary>
    public static string Error(OutboundAnswer answer) => answer is OutboundAnswer.Answered { IsSuccess: false } refused ? refused.Json.Text("error") ?? "" : "";

    /// <summary>Whether the token has ended.</summary>
    public static bool IsExpired(OutboundAnswer answer) => Error(answer) == "ExpiredToken";

    /// <summary>Whether only a person can help: the grant is gone.</summary>
    public static bool IsGone(OutboundAnswer answer) => GoneGrants.Contains(Error(answer)) || answer is OutboundAnswer.Answered { Status: 401 } && !IsExpired(answer);

    /// <summary>Whether a server has no such service behind it (a data server without AppView).</summary>
    public static bool IsNotServed(OutboundAnswer answer) => answer is OutboundAnswer.Answered { Status: 404 or 501 }
        || (answer is OutboundAnswer.Answered { Status: 400 } refused && (refused.Json.Text("message") ?? "").StartsWith("No service configured", StringComparison.Ordinal));

    /// <summary>The post that a creating call made, or that a look-up found; null where the answer names none.</summary>
    public static RemotePost? Post(OutboundAnswer.Answered answer, string handle)
    {
        var (uri, cid) = (answer.Json.Text("uri"), answer.Json.Text("cid"));
        return uri is { Length: > 0 } && cid is { Length: > 0 } ? new RemotePost(uri, WebUrl(uri, handle), cid) : null;
    }

    /// <summary>A post's page for people.</summary>
    public static string WebUrl(string uri, string handle) => $"https://bsky.app/profile/{handle}/post/{uri[(uri.LastIndexOf('/') + 1)..]}";

    /// <summary>What a refusal (4xx) means for a post.</summary>
    public static PublishOutcome Refused(OutboundAnswer.Answered answer)
    {
        if (IsExpired(answer)) { return new PublishOutcome.AuthExpired("Bluesky says that the session has ended."); }
        if (IsGone(answer)) { return new PublishOutcome.NeedsReconnect("Bluesky does not accept this sign-in any more."); }
        var said = answer.Json.Text("message") ?? $"status {answer.Status}";
        return Error(answer) switch
        {
            "AccountTakedown" or "AccountSuspended" => new PublishOutcome.Rejected("account_suspended", $"Bluesky has suspended this account: {said}", "Write to Bluesky's support, or use another channel."),
            "BlobTooLarge" or "PayloadTooLarge" => new PublishOutcome.Rejected("media_too_large", $"Bluesky finds a picture too large: {said}", "Make the picture smaller than 1 MB."),
            "InvalidMimeType" => new PublishOutcome.Rejected("media_type_unsupported", $"Bluesky does not take this kind of file: {said}", "Use a PNG, JPEG, WebP or GIF picture."),
            _ => new PublishOutcome.Rejected("content_refused", $"Bluesky refused the post: {said}", "Change the post and try again."),
        };
    }

    /// <summary>What went wrong, for a person.</summary>
    public static string Words(OutboundAnswer answer) => answer switch
    {
        OutboundAnswer.Failed failed => failed.Detail,
        OutboundAnswer.Answered answered => answered.Json.Text("message") ?? $"it answered with {answered.Status}",
        _ => "",
    };
}
