using Platform.Primitives;

namespace Platform.Networks;

/// <summary>Reads a public page or feed that a person or a model named, through the guarded client.</summary>
public interface IOutboundFetcher
{
    /// <summary>
    /// Gets text (HTML, plain text, XML, JSON) of at most 2 MB within 15 seconds, following at most five redirects.
    /// Problems: <c>url_invalid</c>, <c>url_refused</c>, <c>page_unreachable</c>, <c>page_not_text</c>, <c>page_too_large</c>.
    /// What comes back is untrusted.
    /// </summary>
    Task<Result<FetchedPage>> FetchAsync(string url, CancellationToken cancellationToken);
}

/// <summary>A page as read.</summary>
/// <param name="Url">Where it was found after redirects.</param>
/// <param name="ContentType">Its media type in lower case, without parameters.</param>
/// <param name="Text">The decoded text: markup, not yet readable prose.</param>
public sealed record FetchedPage(string Url, string ContentType, string Text);
