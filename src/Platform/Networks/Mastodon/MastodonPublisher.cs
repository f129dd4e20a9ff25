namespace Platform.Networks.Mastodon;

/// <summary>Sends one part: uploads media and waits until the server has processed them, then makes the status.</summary>
internal sealed class MastodonPublisher(MastodonClient client, TimeProvider time)
{
    private const int MostChecks = 40, PageSize = 40;
    private static readonly TimeSpan BetweenChecks = TimeSpan.FromSeconds(1.5);

    /// <summary>Sends it.</summary>
    public async Task<PublishOutcome> PublishAsync(ChannelConnection connection, PublishRequest request, CancellationToken cancellationToken)
    {
        var media = new List<string>();
        foreach (var file in request.Media)
        {
            var (id, problem) = await UploadAsync(connection, file, cancellationToken);
            if (problem is not null) { return problem; }
            media.Add(id!);
        }
        var answer = await client.PostStatusAsync(connection, Status(request, media), request, cancellationToken);
        return MastodonAnswers.OfCreate(answer, request, time.GetUtcNow());
    }

    /// <summary>Looks for the part among the account's own newest statuses: found or absent only where there is no doubt.</summary>
    public async Task<LookupOutcome> FindAsync(ChannelConnection connection, PublishRequest request, DateTimeOffset sentAt, CancellationToken cancellationToken)
    {
        var path = $"/api/v1/accounts/{Uri.EscapeDataString(connection.RemoteAccountId)}/statuses?limit={PageSize}&exclude_reblogs=true";
        var answer = await client.GetAsync(MastodonClient.Server(connection), connection.Secrets.AccessToken, path, cancellationToken);
        if (answer is not OutboundAnswer.Answered { IsSuccess: true, Json: { } } yes) { return new LookupOutcome.Unsure($"The server could not be asked: {MastodonAnswers.Words(answer)}."); }
        var since = sentAt.AddMinutes(-1);
        var listed = yes.Json.Elements();
        var fingerprint = HtmlText.Fingerprint(request.Text);
        var same = listed.Where(s => s.Moment("created_at") >= since && s.Text("in_reply_to_id") == request.Parent?.Id && s.List("media_attachments").Count == request.Media.Count
            && HtmlText.Fingerprint(HtmlText.Plain(s.Text("content") ?? "")) == fingerprint).Select(MastodonAnswers.Post).OfType<RemotePost>().ToList();
        if (same is [var only]) { return new LookupOutcome.Found(only); }
        if (same.Count > 1) { return new LookupOutcome.Unsure($"There are {same.Count} statuses with this text."); }
        var complete = listed.Count < PageSize / 2 || listed.Any(s => s.Moment("created_at") < since);
        return complete ? new LookupOutcome.Absent() : new LookupOutcome.Unsure("There are more statuses since than one page shows.");
    }

    private static Dictionary<string, object> Status(PublishRequest request, List<string> media)
    {
        var status = new Dictionary<string, object> { ["status"] = request.Text };
        if (media.Count > 0) { status["media_ids"] = media; }
        if (request.Parent is { } parent) { status["in_reply_to_id"] = parent.Id; }
        if (request.Visibility is { Length: > 0 } visibility) { status["visibility"] = visibility; }
        if (request.ContentWarning is { Length: > 0 } warning) { (status["spoiler_text"], status["sensitive"]) = (warning, true); }
        if (request.Language is { Length: > 0 } language) { status["language"] = language; }
        return status;
    }

    private async Task<(string? Id, PublishOutcome? Problem)> UploadAsync(ChannelConnection connection, MediaFile file, CancellationToken cancellationToken)
    {
        var answer = await client.UploadAsync(connection, file, "/api/v2/media", cancellationToken);
        if (answer is OutboundAnswer.Answered { Status: 404 }) { answer = await client.UploadAsync(connection, file, "/api/v1/media", cancellationToken); }
        if (PublishAnswers.OfPreparation(answer, time.GetUtcNow()) is { } problem) { return (null, problem); }
        var answered = (OutboundAnswer.Answered)answer;
        if (!answered.IsSuccess) { return (null, MastodonAnswers.Refused(answered)); }
        if (answered.Json.Text("id") is not { Length: > 0 } id) { return (null, new PublishOutcome.Transient("The server did not say where it put a file.")); }
        return answered.Status == 202 ? (id, await WaitAsync(connection, id, cancellationToken)) : (id, null);
    }

    // 206: still processing; 200: ready. A status may not name a file before that.
    private async Task<PublishOutcome?> WaitAsync(ChannelConnection connection, string id, CancellationToken cancellationToken)
    {
        for (var check = 0; check < MostChecks; check++)
        {
            await Task.Delay(BetweenChecks, time, cancellationToken);
            var answer = await client.GetAsync(MastodonClient.Server(connection), connection.Secrets.AccessToken, $"/api/v1/media/{Uri.EscapeDataString(id)}", cancellationToken);
            if (PublishAnswers.OfPreparation(answer, time.GetUtcNow()) is { } problem) { return problem; }
            var answered = (OutboundAnswer.Answered)answer;
            if (answered.Status == 200) { return null; }
            if (answered.Status != 206) { return MastodonAnswers.Refused(answered); }
        }
        return new PublishOutcome.Transient("The server is still processing the media.");
    }
}
