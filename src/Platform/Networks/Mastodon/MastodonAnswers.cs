using System.Text.Json;

namespace Platform.Networks.Mastodon;

/// <summary>Reads answers by status and the <c>error</c> field. Source: NETWORKS facts, section 13.</summary>
internal static class MastodonAnswers
{
    /// <summary>What a creating call came to. 503 is answered before a status is made; after a 500 or a gateway error it may be there.</summary>
    public static PublishOutcome OfCreate(OutboundAnswer answer, PublishRequest request, DateTimeOffset now)
    {
        if (PublishAnswers.OfCreate(answer, now, 503) is { } shared) { return shared; }
        var answered = (OutboundAnswer.Answered)answer;
        if (answered.IsSuccess) { return Post(answered.Json) is { } post ? new PublishOutcome.Published(post) : PublishAnswers.Unreadable(); }
        return answered.Status == 404 && request.Parent is not null
            ? new PublishOutcome.Rejected("parent_missing", "The part before this one is no longer on the server.", "Send the rest as a new post.")
            : Refused(answered);
    }

    /// <summary>What a refusal (4xx) means for a post.</summary>
    public static PublishOutcome Refused(OutboundAnswer.Answered answer)
    {
        var said = answer.Json.Text("error") ?? $"status {answer.Status}";
        return answer.Status switch
        {
            401 => new PublishOutcome.NeedsReconnect("The server does not accept this sign-in any more."),
            403 when said == "This action is outside the authorized scopes" => new PublishOutcome.NeedsReconnect("The server wants a wider permission than was given. Reconnect the channel."),
            402 => new PublishOutcome.BillingRequired("The server wants to be paid."),
            403 => new PublishOutcome.Rejected("forbidden", $"The server does not let this account post: {said}", "Ask the server's moderators, or use another channel."),
            413 => new PublishOutcome.Rejected("media_too_large", "The server finds a file too large.", "Make the file smaller."),
            _ => new PublishOutcome.Rejected("content_refused", $"The server refused the post: {said}", "Change the post and try again."),
        };
    }

    /// <summary>A status; null where the object names none.</summary>
    public static RemotePost? Post(JsonElement? json) => json.Text("id") is { Length: > 0 } id ? new RemotePost(id, json.Text("url") ?? json.Text("uri")) : null;

    /// <summary>What went wrong, for a person.</summary>
    public static string Words(OutboundAnswer answer) => answer switch
    {
        OutboundAnswer.Failed failed => failed.Detail,
        OutboundAnswer.Answered answered => answered.Json.Text("error_description") ?? answered.Json.Text("error") ?? $"it answered with {answered.Status}",
        _ => "",
    };
}
