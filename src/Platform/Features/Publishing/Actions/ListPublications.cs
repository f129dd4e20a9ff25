using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Actions;

/// <summary>Which publications; null or empty means all. Instants are of due times, from inclusive, to exclusive.</summary>
public sealed record ListPublicationsRequest(
    IReadOnlyList<PublicationState>? States = null, IReadOnlyList<string>? ChannelIds = null, string? Network = null,
    DateTimeOffset? From = null, DateTimeOffset? To = null, int Limit = 25, string? Cursor = null);

/// <summary>Lists publications, latest due first, page by page.</summary>
public sealed class ListPublications(PublicationLists lists)
{
    /// <summary>One page.</summary>
    public async Task<Result<Page<PublicationView>>> RunAsync(Caller caller, ListPublicationsRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentRead)) { return Problem.Forbidden(); }
        var filter = new ListFilter(request.States, request.ChannelIds, request.Network, request.From, request.To);
        var page = await lists.ListAsync(caller, filter, Math.Clamp(request.Limit, 1, 100), request.Cursor, cancellationToken);
        return page.Map(r => r.ToView());
    }
}
