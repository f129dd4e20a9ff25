using Platform.Features.Content.Domain;
using Platform.Networks;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>A text, and the networks to measure it for.</summary>
/// <param name="Text">As written.</param>
/// <param name="Networks">Keys of networks.</param>
/// <param name="TagLinks">Whether links are counted with the organization's UTM tags, as a new post's are. The network's key stands for a channel's name.</param>
public sealed record PreviewPostRequest(string Text, IReadOnlyList<string> Networks, bool TagLinks = true);

/// <summary>What a network makes of a text.</summary>
public sealed record NetworkPreview(string Network, TextLength Length, IReadOnlyList<DraftProblem> Problems);

/// <summary>Measures and checks a text for networks, by the same rules as the composer's counter and the dispatcher. A channel's own limits may differ.</summary>
public sealed class PreviewPost(INetworks networks, IDraftRules rules, ReadLinkTags defaults)
{
    /// <summary>Does it.</summary>
    public async Task<Result<IReadOnlyList<NetworkPreview>>> RunAsync(Caller caller, PreviewPostRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentRead)) { return Problem.Forbidden(); }
        if (request.Text.Length > PostRules.MaxText) { return Problem.InvalidField("text", "text_too_long", $"The text is longer than {PostRules.MaxText:N0} characters. Shorten it."); }
        if (request.Networks.Count is 0 or > 50) { return Problem.InvalidField("networks", "networks_missing", "Name between 1 and 50 networks. GET /api/v1/networks lists them."); }
        var tags = await defaults.OfAsync(caller, cancellationToken);
        var previews = new List<NetworkPreview>();
        foreach (var key in request.Networks.Distinct())
        {
            if (networks.Find(key) is not { Descriptor: var network }) { return Problem.InvalidField("networks", "unknown_network", $"There is no network {key}. GET /api/v1/networks lists them."); }
            var text = request.TagLinks ? tags.Apply(request.Text, key, key) : request.Text;
            previews.Add(new(key, rules.Measure(network.Limits, text), rules.Check(network, network.Limits, [new DraftPart(text, [])])));
        }
        return previews;
    }
}
