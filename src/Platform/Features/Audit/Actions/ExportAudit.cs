using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Encodings.Web;
using Platform.Features.Audit.Contracts;
using Platform.Features.Audit.Domain;
using Platform.Features.Audit.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Audit.Actions;

/// <summary>The formats of an export.</summary>
public enum AuditExportFormat
{
    /// <summary>A table for spreadsheets; no cell can become a formula.</summary>
    Csv,

    /// <summary>One document with every record in the very form that was hashed, so that the chain can be verified without us.</summary>
    Json,
}

/// <summary>An export that is ready to be written.</summary>
/// <param name="FileName">A name to save it under.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="WriteAsync">Writes it, record by record.</param>
public sealed record AuditExport(string FileName, string MediaType, Func<Stream, CancellationToken, Task> WriteAsync);

/// <summary>Exports audit records, oldest first, as a stream. The export itself is recorded.</summary>
public sealed class ExportAudit(AuditStore store, IAudit audit, TimeProvider time)
{
    private const string Explanation =
        "recordHash = SHA-256 of the text of 'record' exactly as it stands here. hash = SHA-256 of the lines 'chain-1', chain, sequence, previousHash, recordHash joined by line feeds (no line feed at the end). "
        + "previousHash is the hash of the entry with the sequence before; the first has 64 zeros. Records without a seal were written in the last moments before the export.";

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Prepares an export.</summary>
    public async Task<Result<AuditExport>> RunAsync(Caller caller, AuditFilter filter, AuditExportFormat format, CancellationToken cancellationToken)
    {
        if (ListAuditRecords.For(caller, filter) is not { Ok: true } allowed) { return ListAuditRecords.For(caller, filter).Problem!; }
        await audit.RecordAsync(caller, new AuditEntry("audit.exported", "audit_log", allowed.Value.OrganizationId ?? ChainHash.PlatformChain, $"{format}{(filter.IsOpen ? "" : ", filtered")}"), cancellationToken);
        var name = $"audit-{time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}";
        return format == AuditExportFormat.Csv
            ? new AuditExport($"{name}.csv", "text/csv; charset=utf-8", (stream, token) => WriteCsvAsync(stream, allowed.Value, token))
            : new AuditExport($"{name}.json", "application/json", (stream, token) => WriteJsonAsync(stream, allowed.Value, token));
    }

    private async Task WriteCsvAsync(Stream stream, AuditFilter filter, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await writer.WriteAsync("sequence,at,action,actorKind,actorId,actorName,onBehalfBy,organizationId,targetKind,targetId,detail,changes,address,correlationId,sessionId,apiKeyId,id,recordHash,previousHash,hash\r\n");
        await foreach (var (r, seal) in store.StreamAsync(filter, cancellationToken))
        {
            string?[] cells =
            [
                seal?.ChainSequence.ToString(CultureInfo.InvariantCulture), r.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), r.Action, r.ActorKind.ToString(), r.ActorId, r.ActorName,
                r.ImpersonatorName, r.OrganizationId, r.TargetKind, r.TargetId, r.Detail, Changes(r.Changes), r.Address, r.CorrelationId, r.SessionId, r.ApiKeyId, r.Id, seal?.RecordHash, seal?.ChainPrevious, seal?.ChainHash,
            ];
            await writer.WriteAsync(string.Join(',', cells.Select(CsvCell.Write)) + "\r\n");
        }
    }

    private async Task WriteJsonAsync(Stream stream, AuditFilter filter, CancellationToken cancellationToken)
    {
        await using var json = new Utf8JsonWriter(stream, Json);
        json.WriteStartObject();
        json.WriteString("exportedAt", time.GetUtcNow().UtcDateTime);
        json.WriteString("verify", Explanation);
        json.WriteStartArray("entries");
        await foreach (var (record, seal) in store.StreamAsync(filter, cancellationToken))
        {
            Write(json, record, seal);
            if (json.BytesPending > 32 * 1024) { await json.FlushAsync(cancellationToken); }
        }
        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
    }

    private static void Write(Utf8JsonWriter json, AuditRecord record, AuditSeal? seal)
    {
        json.WriteStartObject();
        json.WriteString("chain", seal?.Chain ?? record.OrganizationId ?? ChainHash.PlatformChain);
        if (seal is null) { json.WriteNull("sequence"); } else { json.WriteNumber("sequence", seal.ChainSequence); }
        json.WriteString("previousHash", seal?.ChainPrevious);
        json.WriteString("recordHash", seal?.RecordHash);
        json.WriteString("hash", seal?.ChainHash);
        json.WritePropertyName("record");
        json.WriteRawValue(CanonicalRecord.Write(record));
        json.WriteEndObject();
    }

    private static string Changes(IReadOnlyList<AuditChange> changes) => string.Join("; ", changes.Select(c => $"{c.Field}: {c.Before ?? "–"} → {c.After ?? "–"}"));
}
