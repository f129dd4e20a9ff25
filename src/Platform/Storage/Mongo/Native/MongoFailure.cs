using System.Text.RegularExpressions;
using Platform.Storage.Mongo.Bson;

namespace Platform.Storage.Mongo.Native;

/// <summary>What the driver or the server answered instead of a result.</summary>
internal sealed partial class MongoFailure : Exception
{
    private const uint ClientDomain = 1, StreamDomain = 2, ProtocolDomain = 3, ServerSelectionDomain = 15, WriteConcernDomain = 16, ServerDomain = 17;
    private const uint AuthenticationFailedInClient = 11;
    private static readonly HashSet<uint> Duplicates = [11000, 11001, 12582];
    private static readonly HashSet<uint> Outages = [6, 7, 24, 50, 64, 89, 91, 100, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436];
    private readonly HashSet<string> _labels;

    public MongoFailure(uint domain, uint code, string message, byte[]? reply = null) : base($"MongoDB {domain}/{code}: {NativeLog.WithoutSecrets(message)}") =>
        (Domain, Code, _labels) = (domain, code, Labels(reply));

    /// <summary>The part of the driver that says it.</summary>
    public uint Domain { get; }

    /// <summary>The server's code, or the driver's.</summary>
    public uint Code { get; }

    /// <summary>A unique index or the id stands against the write. The code says so on every server; the text does not.</summary>
    public bool IsDuplicate => Duplicates.Contains(Code) && Domain is not ServerSelectionDomain;

    /// <summary>Two writes met; the same write may be made again.</summary>
    public bool IsConflict => (Domain == ServerDomain && Code == 112) || Is("TransientTransactionError");

    /// <summary>The credentials were refused, or are missing.</summary>
    public bool IsRefused => (Domain == ClientDomain && Code == AuthenticationFailedInClient) || (Domain == ServerDomain && Code is 13 or 18 or 8000);

    /// <summary>Not this operation's own fault: the network, an election, a server that goes down.</summary>
    public bool IsOutage => IsConflict || IsRefused || Domain is StreamDomain or ProtocolDomain or ServerSelectionDomain or WriteConcernDomain || (Domain == ServerDomain && Outages.Contains(Code)) || Is("RetryableWriteError") || Is("UnknownTransactionCommitResult") || Is("NetworkError");

    /// <summary>No server was found within the driver's time; nothing was sent.</summary>
    public bool IsGone => Domain == ServerSelectionDomain;

    /// <summary>Whether the server (or the driver) gave the failure this label.</summary>
    public bool Is(string label) => _labels.Contains(label);

    /// <summary>The failure in the port's words; itself where it has none.</summary>
    public Exception ForCaller(string collection)
    {
        if (IsDuplicate) { return new DuplicateKeyException(collection, Index(), this); }
        return IsOutage ? new StorageUnavailableException($"The storage is not available now ({Message}). Try again.", this) : this;
    }

    // mongod: "… index: slug dup key: …"; others: "… Index 'slug'". Only for people: nothing depends on it.
    private string? Index() => IndexName().Match(Message) is { Success: true } match ? match.Groups[1].Value : null;

    private static HashSet<string> Labels(byte[]? reply) =>
        reply is not null && BsonReader.Read(reply)["errorLabels"] is BsonList labels ? [.. labels.OfType<string>()] : [];

    [GeneratedRegex("[Ii]ndex:? '?([A-Za-z0-9_-]+)")]
    private static partial Regex IndexName();
}
