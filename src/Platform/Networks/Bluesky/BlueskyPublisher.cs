using System.Globalization;
using System.Text.Json;

namespace Platform.Networks.Bluesky;

/// <summary>Sends one part: resolves mentions, uploads pictures, then creates the record under its own key. Only the last call makes anything that is seen.</summary>
internal sealed class BlueskyPublisher(Xrpc xrpc, TimeProvider time)
{
    /// <summary>Sends it.</summary>
    public async Task<PublishOutcome> PublishAsync(ChannelConnection connection, PublishRequest request, CancellationToken cancellationToken)
    {
        var (dids, problem) = await ResolveAsync(connection, request.Text, cancellationToken);
        if (problem is not null) { return problem; }
        (var blobs, problem) = await UploadAsync(connection, request.Media, cancellationToken);
        if (problem is not null) { return problem; }
        (var reply, problem) = await ReplyAsync(connection, request, cancellationToken);
        if (problem is not null) { return problem; }
        var record = Record(request, Facets.Of(request.Text, dids), blobs, reply);
        var body = new { repo = connection.RemoteAccountId, collection = BlueskyDescriptor.Posts, rkey = RecordKey.Of(request.IdempotencyKey), record };
        var answer = await xrpc.PostAsync(Xrpc.Service(connection), connection.Secrets.AccessToken, "com.atproto.repo.createRecord", body, cancellationToken, request.MaySend);
        return await OutcomeAsync(connection, request, answer, cancellationToken);
    }

    /// <summary>Looks whether the part is there, by its own key in its own repository: the truth, not a search.</summary>
    public async Task<LookupOutcome> FindAsync(ChannelConnection connection, PublishRequest request, CancellationToken cancellationToken)
    {
        var answer = await GetRecordAsync(connection, RecordKey.Of(request.IdempotencyKey), cancellationToken);
        return answer switch
        {
            OutboundAnswer.Answered { IsSuccess: true } found when BlueskyAnswers.Post(found, connection.Handle) is { } post => new LookupOutcome.Found(post),
            OutboundAnswer.Answered when BlueskyAnswers.Error(answer) == "RecordNotFound" => new LookupOutcome.Absent(),
            _ => new LookupOutcome.Unsure($"Bluesky could not be asked: {BlueskyAnswers.Words(answer)}."),
        };
    }

    /// <summary>A record of the channel's repository.</summary>
    public Task<OutboundAnswer> GetRecordAsync(ChannelConnection connection, string key, CancellationToken cancellationToken) => xrpc.GetAsync(
        Xrpc.Service(connection), connection.Secrets.AccessToken, "com.atproto.repo.getRecord",
        [("repo", connection.RemoteAccountId), ("collection", BlueskyDescriptor.Posts), ("rkey", key)], cancellationToken);

    private async Task<PublishOutcome> OutcomeAsync(ChannelConnection connection, PublishRequest request, OutboundAnswer answer, CancellationToken cancellationToken)
    {
        if (answer is OutboundAnswer.Answered { IsSuccess: true } done) { return BlueskyAnswers.Post(done, connection.Handle) is { } post ? new PublishOutcome.Published(post) : PublishAnswers.Unreadable(); }
        if (PublishAnswers.OfCreate(answer, time.GetUtcNow(), 503) is not { } shared) { return BlueskyAnswers.Refused((OutboundAnswer.Answered)answer); }
        // A key that is taken is answered with a plain 500, and a repeat ends here: whatever stands under our own key is our post.
        return answer is not OutboundAnswer.Answered { Status: 500 } ? shared : await FindAsync(connection, request, cancellationToken) switch
        {
            LookupOutcome.Found found => new PublishOutcome.Published(found.Post),
            LookupOutcome.Absent => new PublishOutcome.Transient("Bluesky answered with 500, and the post is not there."),
            _ => shared,
        };
    }

    private async Task<(Dictionary<string, string> Dids, PublishOutcome? Problem)> ResolveAsync(ChannelConnection connection, string text, CancellationToken cancellationToken)
    {
        var dids = new Dictionary<string, string>();
        foreach (var handle in Facets.Handles(text))
        {
            var answer = await xrpc.GetAsync(Xrpc.Service(connection), null, "com.atproto.identity.resolveHandle", [("handle", handle)], cancellationToken);
            if (PublishAnswers.OfPreparation(answer, time.GetUtcNow()) is { } problem) { return (dids, problem); }
            if (answer is OutboundAnswer.Answered { IsSuccess: true } found && found.Json.Text("did") is { Length: > 0 } did) { dids[handle] = did; }
        }
        return (dids, null);
    }

    private async Task<(List<JsonElement> Blobs, PublishOutcome? Problem)> UploadAsync(ChannelConnection connection, IReadOnlyList<MediaFile> media, CancellationToken cancellationToken)
    {
        var blobs = new List<JsonElement>();
        foreach (var file in media)
        {
            var answer = await xrpc.UploadAsync(connection, file, cancellationToken);
            if (PublishAnswers.OfPreparation(answer, time.GetUtcNow()) is { } problem) { return (blobs, problem); }
            var answered = (OutboundAnswer.Answered)answer;
            if (!answered.IsSuccess) { return (blobs, BlueskyAnswers.Refused(answered)); }
            if (answered.Json.Member("blob") is not { } blob) { return (blobs, new PublishOutcome.Transient("Bluesky did not say where it put a picture.")); }
            blobs.Add(blob);
        }
        return (blobs, null);
    }

    private async Task<(object? Reply, PublishOutcome? Problem)> ReplyAsync(ChannelConnection connection, PublishRequest request, CancellationToken cancellationToken)
    {
        if (request.Parent is not { } parent) { return (null, null); }
        var (root, rootProblem) = await ReferenceAsync(connection, request.Root ?? parent, cancellationToken);
        var (last, lastProblem) = await ReferenceAsync(connection, parent, cancellationToken);
        return rootProblem is not null || lastProblem is not null ? (null, rootProblem ?? lastProblem) : (new { root, parent = last }, null);
    }

    // A reply must name the version it answers. A post that a person confirmed by hand has none stored: ask for it.
    private async Task<(object? Reference, PublishOutcome? Problem)> ReferenceAsync(ChannelConnection connection, RemotePost post, CancellationToken cancellationToken)
    {
        if (post.Revision is { Length: > 0 } known) { return (new { uri = post.Id, cid = known }, null); }
        var answer = await GetRecordAsync(connection, post.Id[(post.Id.LastIndexOf('/') + 1)..], cancellationToken);
        if (PublishAnswers.OfPreparation(answer, time.GetUtcNow()) is { } problem) { return (null, problem); }
        return ((OutboundAnswer.Answered)answer).Json.Text("cid") is { Length: > 0 } cid
            ? (new { uri = post.Id, cid }, null)
            : (null, new PublishOutcome.Rejected("parent_missing", "The part before this one is no longer on Bluesky.", "Send the rest as a new post."));
    }

    private Dictionary<string, object> Record(PublishRequest request, IReadOnlyList<object> facets, List<JsonElement> blobs, object? reply)
    {
        var record = new Dictionary<string, object>
        {
            ["$type"] = BlueskyDescriptor.Posts, ["text"] = request.Text,
            ["createdAt"] = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        };
        if (facets.Count > 0) { record["facets"] = facets; }
        if (request.Language is { Length: > 0 } language) { record["langs"] = new[] { language }; }
        if (reply is not null) { record["reply"] = reply; }
        if (blobs.Count > 0) { record["embed"] = new Dictionary<string, object> { ["$type"] = "app.bsky.embed.images", ["images"] = request.Media.Zip(blobs, Image).ToList() }; }
        return record;
    }

    private static Dictionary<string, object> Image(MediaFile file, JsonElement blob)
    {
        var image = new Dictionary<string, object> { ["alt"] = file.AltText, ["image"] = blob };
        if (file is { Width: > 0, Height: > 0 }) { image["aspectRatio"] = new { width = file.Width, height = file.Height }; }
        return image;
    }
}
