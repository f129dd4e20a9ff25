using System.Net;

namespace Platform.Networks.Outbound;

/// <summary>The gate was closed when the request was about to leave.</summary>
internal sealed class GateClosedException() : InvalidOperationException("the right to send has ended");

/// <summary>
/// A request's body that asks the gate right before the first byte of the request leaves, and that never goes out twice.
/// HTTP/1.1 headers wait in the connection's buffer until the body is written, so a closed gate means that nothing left.
/// </summary>
internal sealed class GatedContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly Func<bool>? _maySend;

    /// <summary>Wraps a body.</summary>
    public GatedContent(HttpContent inner, Func<bool>? maySend)
    {
        (_inner, _maySend) = (inner, maySend);
        foreach (var (name, values) in inner.Headers.NonValidated) { Headers.TryAddWithoutValidation(name, values); }
    }

    /// <summary>Whether any of it may have left.</summary>
    public bool Sent { get; private set; }

    /// <inheritdoc />
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc />
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (Sent) { throw new IOException("a request is never sent twice"); }
        if (_maySend is not null && !_maySend()) { throw new GateClosedException(); }
        Sent = true;
        return _inner.CopyToAsync(stream, context, cancellationToken);
    }

    /// <inheritdoc />
    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? 0;
        return _inner.Headers.ContentLength is not null;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing) { _inner.Dispose(); }
        base.Dispose(disposing);
    }
}
