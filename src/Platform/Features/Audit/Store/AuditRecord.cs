using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Platform.Features.Audit.Contracts;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Audit.Store;

/// <summary>What was done, by whom, to what. Written once, never changed. Platform-owned: staff act outside organizations, and an organization's part is read by its id.</summary>
public sealed record AuditRecord : Document, IPlatformOwned
{
    /// <summary>Which fields the canonical form has; grows when one is added, so that old records keep their hash.</summary>
    public int Format { get; init; } = 1;

    /// <summary>When, to the millisecond: what every engine can keep.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What kind of caller did it.</summary>
    public required CallerKind ActorKind { get; init; }

    /// <summary>The person's or staff account's id; null for the product itself and for nobody.</summary>
    public string? ActorId { get; init; }

    /// <summary>The actor's name at the time.</summary>
    public required string ActorName { get; init; }

    /// <summary>The organization it concerns.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>Dotted verb.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to.</summary>
    public required string TargetKind { get; init; }

    /// <summary>Its id.</summary>
    public required string TargetId { get; init; }

    /// <summary>A few words.</summary>
    public required string Detail { get; init; }

    /// <summary>What changed, redacted and bounded.</summary>
    public IReadOnlyList<AuditChange> Changes { get; init; } = [];

    /// <summary>Where the request came from.</summary>
    public string? Address { get; init; }

    /// <summary>Joins it to log lines and jobs.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The session it was done in.</summary>
    public string? SessionId { get; init; }

    /// <summary>The API key it was done with.</summary>
    public string? ApiKeyId { get; init; }

    /// <summary>The staff account that acted on the customer's behalf.</summary>
    public string? ImpersonatorId { get; init; }

    /// <summary>Its name at the time.</summary>
    public string? ImpersonatorName { get; init; }

    /// <summary>As people see it.</summary>
    public AuditView View(AuditSeal? seal) => new(Id, At, ActorKind, ActorId, ActorName, OrganizationId, Action, TargetKind, TargetId, Detail)
    {
        Address = Address, CorrelationId = CorrelationId, SessionId = SessionId, ApiKeyId = ApiKeyId, ImpersonatorId = ImpersonatorId, ImpersonatorName = ImpersonatorName,
        Changes = Changes, Seal = seal?.View(),
    };
}

/// <summary>
/// A record in the one form that is hashed: JSON without white space, its fields in this order, absent ones as null, the instant in UTC with milliseconds. Written by
/// hand rather than by a serializer, so that no setting and no engine can ever change it.
/// </summary>
public static class CanonicalRecord
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = false };

    /// <summary>The bytes.</summary>
    public static byte[] Write(AuditRecord record)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            json.WriteNumber("format", record.Format);
            json.WriteString("id", record.Id);
            json.WriteString("at", record.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("actorKind", record.ActorKind.ToString());
            json.WriteString("actorId", record.ActorId);
            json.WriteString("actorName", record.ActorName);
            json.WriteString("organizationId", record.OrganizationId);
            json.WriteString("action", record.Action);
            json.WriteString("targetKind", record.TargetKind);
            json.WriteString("targetId", record.TargetId);
            json.WriteString("detail", record.Detail);
            WriteChanges(json, record.Changes);
            json.WriteString("address", record.Address);
            json.WriteString("correlationId", record.CorrelationId);
            json.WriteString("sessionId", record.SessionId);
            json.WriteString("apiKeyId", record.ApiKeyId);
            json.WriteString("impersonatorId", record.ImpersonatorId);
            json.WriteString("impersonatorName", record.ImpersonatorName);
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }

    private static void WriteChanges(Utf8JsonWriter json, IReadOnlyList<AuditChange> changes)
    {
        json.WriteStartArray("changes");
        foreach (var change in changes)
        {
            json.WriteStartObject();
            json.WriteString("field", change.Field);
            json.WriteString("before", change.Before);
            json.WriteString("after", change.After);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
