using System.Net.Http.Headers;
using System.Text;
using Platform.Primitives;

namespace Platform.Networks.Outbound;

/// <inheritdoc />
internal sealed class OutboundFetcher(IOutboundClient client) : IOutboundFetcher
{
    private const int MaxBytes = 2 * 1024 * 1024;
    private static readonly string[] Texts = ["application/xhtml+xml", "application/xml", "application/rss+xml", "application/atom+xml", "application/json", "application/feed+json"];

    /// <inheritdoc />
    public async Task<Result<FetchedPage>> FetchAsync(string url, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            return Problem.InvalidField("url", "url_invalid", "This is not a web address. Give one that begins with https://.");
        }
        var answer = await client.SendAsync(new OutboundRequest
        {
            Name = "fetch", Method = HttpMethod.Get, Url = address, MaxAnswerBytes = MaxBytes, MaxRedirects = 5, Timeout = TimeSpan.FromSeconds(15),
            Headers = new Dictionary<string, string> { ["Accept"] = "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.1" },
        }, cancellationToken);
        return answer switch
        {
            OutboundAnswer.Answered { IsSuccess: true } page => Read(page),
            OutboundAnswer.Answered other => Unreachable($"The page answered with an error ({other.Status}). Check the address."),
            OutboundAnswer.Failed { Failure: OutboundFailure.Refused } refused => Problem.InvalidField("url", "url_refused", $"This address cannot be read: {refused.Detail}."),
            OutboundAnswer.Failed { Failure: OutboundFailure.TooLarge } => Problem.InvalidField("url", "page_too_large", "The page is larger than 2 MB. Paste the part you need instead."),
            OutboundAnswer.Failed failed => Unreachable($"The page could not be read: {failed.Detail}. Try again, or paste the text."),
            _ => throw new InvalidOperationException("unknown answer"),
        };
    }

    private static Result<FetchedPage> Read(OutboundAnswer.Answered page)
    {
        var declared = page.Headers.TryGetValue("Content-Type", out var value) && MediaTypeHeaderValue.TryParse(value, out var parsed) ? parsed : null;
        var type = declared?.MediaType?.ToLowerInvariant() ?? "text/html";
        return type.StartsWith("text/", StringComparison.Ordinal) || Texts.Contains(type)
            ? new FetchedPage(page.Url.ToString(), type, EncodingOf(declared?.CharSet).GetString(page.Body))
            : Problem.InvalidField("url", "page_not_text", $"The address holds {type}, not a page with text.");
    }

    private static Encoding EncodingOf(string? charset)
    {
        try
        {
            return charset is null ? Encoding.UTF8 : Encoding.GetEncoding(charset.Trim('"', ' '));
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8;
        }
    }

    private static Problem Unreachable(string message) => new(ProblemKind.UpstreamFailed, "page_unreachable", message);
}
