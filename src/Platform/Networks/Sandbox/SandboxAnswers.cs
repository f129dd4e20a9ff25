using System.Text.Json;

namespace Platform.Networks.Sandbox;

/// <summary>Reads the Sandbox's answers by their parsed fields.</summary>
internal static class SandboxAnswers
{
    /// <summary>What a creating call came to. The Sandbox answers 500 and 503 before it takes a post, as most networks do.</summary>
    public static PublishOutcome OfCreate(OutboundAnswer answer, DateTimeOffset now)
    {
        if (PublishAnswers.OfCreate(answer, now, 500, 503) is { } shared) { return shared; }
        var answered = (OutboundAnswer.Answered)answer;
        if (answered.IsSuccess) { return Post(answered.Json) is { } post ? new PublishOutcome.Published(post) : PublishAnswers.Unreadable(); }
        return Error(answered) switch
        {
            "token_expired" => new PublishOutcome.AuthExpired("The Sandbox says that the token has ended."),
            "token_invalid" => new PublishOutcome.NeedsReconnect("The Sandbox does not know this token any more."),
            "payment_required" => new PublishOutcome.BillingRequired("The Sandbox wants to be paid."),
            { Length: > 0 } code => new PublishOutcome.Rejected(code, answered.Json.Text("message") ?? "The Sandbox refused the post.", answered.Json.Text("action") ?? "Change the post and try again."),
            _ => new PublishOutcome.Rejected("refused", $"The Sandbox refused the post ({answered.Status}).", "Change the post and try again."),
        };
    }

    /// <summary>The post in an object; null where it names none.</summary>
    public static RemotePost? Post(JsonElement? json) => json.Text("id") is { Length: > 0 } id ? new RemotePost(id, json.Text("url")) : null;

    /// <summary>The error code of a refusal.</summary>
    public static string? Error(OutboundAnswer.Answered answer) => answer.Json.Text("error");

    /// <summary>What went wrong, for a person.</summary>
    public static string Words(OutboundAnswer answer) => answer switch
    {
        OutboundAnswer.Failed failed => failed.Detail,
        OutboundAnswer.Answered answered => answered.Json.Text("message") ?? $"it answered with {answered.Status}",
        _ => "",
    };
}
