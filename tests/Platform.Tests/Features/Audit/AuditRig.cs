using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Platform.Features.Audit.Actions;
using Platform.Features.Audit.Contracts;
using Platform.Features.Audit.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Storage.Sqlite;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Audit;

/// <summary>The audit log on a store of its own, without the app; and a hand that reaches past the door, as an intruder with the data file would.</summary>
internal sealed class AuditRig : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("audit-").FullName;

    public AuditRig() => Open();

    public FakeClock Clock { get; } = new();

    public SqliteDocumentStore Store { get; private set; } = null!;

    public AuditLog Log { get; private set; } = null!;

    public VerifyAudit Verify { get; private set; } = null!;

    public ExportAudit Export { get; private set; } = null!;

    public AcceptAudit Accept { get; private set; } = null!;

    public SealAudit Sealing { get; private set; } = null!;

    public string Folder => _folder;

    public static OrganizationId NewOrganization() => new(Ids.New());

    /// <summary>An owner who may read the log.</summary>
    public static Caller Owner(OrganizationId organization) =>
        new() { Kind = CallerKind.Person, UserId = Ids.New(), Name = "Ada", Organization = organization, Role = Role.Owner, Address = "192.0.2.7", CorrelationId = "c-1", SessionId = "s-1" };

    /// <summary>What another copy of the app would seal with.</summary>
    public SealAudit AnotherCopy() => new(new ChainStore(Store), new AuditKeyStore(Store, Box), Checkpoints(), Clock, NullLogger<SealAudit>.Instance);

    /// <summary>Closes and opens again, as a restart would.</summary>
    public void Reopen()
    {
        Store.Dispose();
        Open();
    }

    public async Task<AuditVerdict> VerdictAsync() => (await Verify.WholeAsync(Caller.Platform, CancellationToken.None)).Unwrap();

    /// <summary>Writes and seals some entries of an organization.</summary>
    public async Task<Caller> WriteAsync(int count, OrganizationId? organization = null)
    {
        var caller = Owner(organization ?? NewOrganization());
        for (var i = 0; i < count; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await Log.RecordAsync(caller, new AuditEntry("post.updated", "post", Ids.New(), $"entry {i}") { Changes = [new AuditChange("title", $"before {i}", $"after {i}")] }, CancellationToken.None);
        }
        await Sealing.RunAsync(CancellationToken.None);
        return caller;
    }

    /// <summary>SQL past the door.</summary>
    public int Tamper(string sql, params object[] values)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "platform.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++) { command.Parameters.AddWithValue($"${i}", values[i]); }
        return command.ExecuteNonQuery();
    }

    /// <summary>The id of the record with a number in the platform's chain.</summary>
    public string IdOf(long sequence) => Scalar($"SELECT id FROM audit_seals WHERE CAST(body AS TEXT) ->> '$.sequence' = {sequence}");

    public string Scalar(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "platform.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture)!;
    }

    public void Dispose()
    {
        Store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static SecretBox Box { get; } = new(Enumerable.Range(0, 32).Select(i => (byte)(i * 7)).ToArray());

    private void Open()
    {
        Store = SqliteDocumentStore.Open(_folder, [AuditStore.Collection, AuditSeal.Collection, AuditPending.Collection, AuditCheck.Collection, AuditKey.Collection]);
        var (chain, keys, records) = (new ChainStore(Store), new AuditKeyStore(Store, Box), new AuditStore(Store));
        Log = new AuditLog(records, new AuditWake(), Clock);
        Sealing = AnotherCopy();
        Verify = new VerifyAudit(chain, keys, Checkpoints(), Clock);
        Export = new ExportAudit(records, Log, Clock);
        Accept = new AcceptAudit(chain, keys, Checkpoints(), Sealing, Log);
    }

    private AuditCheckpoints Checkpoints() => new(Options.Create(new StorageOptions { DataDirectory = _folder }), Clock, NullLogger<AuditCheckpoints>.Instance);
}
