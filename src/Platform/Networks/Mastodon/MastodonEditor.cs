using System.Text.Json;

namespace Platform.Networks.Mastodon;

/// <summary>
/// Gives a status another text. The call replaces the whole status: what is left out (media, warning, language) would be taken away, so the status is read first
/// and sent back as it is, with the new text. Source: NETWORKS facts, section 13; Mastodon's own documentation of PUT /api/v1/statuses/:id.
/// </summary>
internal sealed class MastodonEditor(MastodonClient client, TimeProvider time)
{
    /// <summary>Changes it.</summary>
    public async Task<PublishOutcome> EditAsync(ChannelConnection connection, EditRequest request, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(connection, request, cancellationToken);
        if (PublishAnswers.OfPreparation(read, time.GetUtcNow()) is { } problem) { return problem; }
        if (read is not OutboundAnswer.Answered { IsSuccess: true, Json: { } status }) { return Refused((OutboundAnswer.Answered)read); }
        var answer = await client.PutStatusAsync(connection, request, Changed(status, request.Text), cancellationToken);
        // Before 503 nothing is changed; any other error of the server leaves that open.
        if (PublishAnswers.OfCreate(answer, time.GetUtcNow(), 503) is { } shared) { return shared; }
        var answered = (OutboundAnswer.Answered)answer;
        if (!answered.IsSuccess) { return Refused(answered); }
        // Answered with the status: where it does not say the new text, the yes is not believed.
        return Says(answered.Json, request.Text) ? new PublishOutcome.Published(request.Post) : new PublishOutcome.Unknown("The server said yes but does not show the new text.");
    }

    /// <summary>Reads it back.</summary>
    public async Task<LookupOutcome> FindAsync(ChannelConnection connection, EditRequest request, CancellationToken cancellationToken)
    {
        var answer = await ReadAsync(connection, request, cancellationToken);
        return answer switch
        {
            OutboundAnswer.Answered { Status: 404 or 410 } => new LookupOutcome.Absent(),
            OutboundAnswer.Answered { IsSuccess: true, Json: { } status } => Says(status, request.Text) ? new LookupOutcome.Found(request.Post) : new LookupOutcome.Absent(),
            _ => new LookupOutcome.Unsure($"The server could not be asked: {MastodonAnswers.Words(answer)}."),
        };
    }

    private Task<OutboundAnswer> ReadAsync(ChannelConnection connection, EditRequest request, CancellationToken cancellationToken) =>
        client.GetAsync(MastodonClient.Server(connection), connection.Secrets.AccessToken, MastodonClient.StatusPath(request.Post), cancellationToken);

    private static PublishOutcome Refused(OutboundAnswer.Answered answer) => answer.Status is 404 or 410
        ? new PublishOutcome.Rejected("post_gone", "The post is no longer on the server.", "Publish the new text as a new post.")
        : MastodonAnswers.Refused(answer);

    private static bool Says(JsonElement? status, string text) => HtmlText.Fingerprint(HtmlText.Plain(status.Text("content") ?? "")) == HtmlText.Fingerprint(text);

    private static Dictionary<string, object> Changed(JsonElement? status, string text)
    {
        var changed = new Dictionary<string, object>
        {
            ["status"] = text,
            ["media_ids"] = status.List("media_attachments").Select(m => m.Text("id")).OfType<string>().ToList(),
            ["sensitive"] = status.Member("sensitive") is { ValueKind: JsonValueKind.True },
            ["spoiler_text"] = status.Text("spoiler_text") ?? "",
        };
        if (status.Text("language") is { Length: > 0 } language) { changed["language"] = language; }
        return changed;
    }
}
