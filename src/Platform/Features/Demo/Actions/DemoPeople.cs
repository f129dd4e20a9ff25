using System.Security.Cryptography;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Demo.Store;
using Platform.Features.Organizations.Contracts;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Demo.Actions;

/// <summary>The people of the demo and their organization. Their password is made anew for each installation and said once: no password is ever built in.</summary>
public sealed class DemoPeople(IAccountImport accounts, IOrganizations organizations, IMembershipImport members, DemoStore store, TimeProvider clock)
{
    /// <summary>The owner's address.</summary>
    public const string OwnerEmail = "demo@northwind.example";

    /// <summary>The zone of the organization.</summary>
    public const string TimeZone = "Europe/Berlin";

    private static readonly (string Email, string First, string Last, Role Role)[] Team =
    [
        ("mats@northwind.example", "Mats", "Eriksen", Role.Manager),
        ("ilse@northwind.example", "Ilse", "Brandt", Role.Editor),
        ("deniz@northwind.example", "Deniz", "Aydin", Role.Editor),
        ("priya@northwind.example", "Priya", "Raman", Role.Viewer),
    ];

    /// <summary>Makes them, with the record of the demo, in one write.</summary>
    public async Task<(DemoRecord Record, string Password)> RunAsync(CancellationToken cancellationToken)
    {
        var password = $"demo-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        var batch = new WriteBatch();
        var owner = accounts.Stage(batch, new(OwnerEmail, password, "Nora", "Lindqvist"));
        var organization = organizations.StageNew(batch, "Northwind Coffee", owner, TimeZone);
        var people = new List<string> { owner };
        foreach (var person in Team)
        {
            people.Add(accounts.Stage(batch, new(person.Email, password, person.First, person.Last)));
            members.Stage(batch, organization, people[^1], person.Role);
        }
        var record = new DemoRecord { Id = DemoRecord.TheId, OrganizationId = organization, PeopleIds = people, OwnerEmail = OwnerEmail, CreatedAt = clock.GetUtcNow() };
        DemoStore.StageNew(batch, record);
        await store.CommitAsync(batch, cancellationToken);
        return (record, password);
    }
}
