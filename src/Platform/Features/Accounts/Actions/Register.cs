using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Features.Audit.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>A new person with a new organization.</summary>
/// <param name="Email">The address to sign in with.</param>
/// <param name="Password">At least 10 characters.</param>
/// <param name="FirstName">First name.</param>
/// <param name="LastName">Last name.</param>
/// <param name="OrganizationName">What the organization is called.</param>
/// <param name="TimeZone">IANA zone of its calendar; UTC where none is given.</param>
public sealed record RegisterRequest(string Email, string Password, string FirstName, string LastName, string OrganizationName, string? TimeZone = null);

/// <summary>Registers: the person, the organization on trial, the ownership, the mail and the audit record are one write, all or none.</summary>
public sealed class Register(AccountStore accounts, IOrganizations organizations, Verification verification, Sessions sessions, IAudit audit, PasswordPolicy policy)
{
    /// <summary>Registers and signs in.</summary>
    public async Task<Result<Grant>> RunAsync(Caller caller, RegisterRequest request, Device device, CancellationToken cancellationToken)
    {
        if (Check(request) is { } wrong) { return wrong; }
        var account = Make(request);
        policy.SetOn(account, request.Password);
        var batch = new WriteBatch().Insert(Caller.Platform, account);
        var organization = organizations.StageNew(batch, request.OrganizationName, account.Id, request.TimeZone ?? "Etc/UTC");
        verification.Stage(batch, account);
        var actor = caller with { Kind = CallerKind.Person, UserId = account.Id, Name = account.DisplayName() };
        audit.Record(batch, actor, new AuditEntry("account.registered", "user", account.Id, OrganizationId: organization));
        try { await accounts.CommitAsync(batch, cancellationToken); }
        catch (DuplicateKeyException) { return Taken(); }
        verification.Sent();
        return await sessions.StartAsync(account, caller, device, [SignInMethods.Password], cancellationToken);
    }

    private Problem? Check(RegisterRequest request)
    {
        if (Credentials.Normalize(request.Email) is not { } email) { return Credentials.WrongEmail(); }
        if (string.IsNullOrWhiteSpace(request.OrganizationName) || request.OrganizationName.Trim().Length > 100 || request.OrganizationName.Any(char.IsControl))
        {
            return Problem.InvalidField("organizationName", "invalid_name", "Give the organization a name of 1 to 100 characters.");
        }
        if (request.TimeZone is { } zone && !(TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.HasIanaId))
        {
            return Problem.InvalidField("timeZone", "invalid_time_zone", "Give an IANA time zone such as Europe/Berlin.");
        }
        return policy.Check(request.Password, CallerKind.Person, [email, request.FirstName ?? "", request.LastName ?? "", request.OrganizationName]) ?? Credentials.CheckName(request.FirstName, "firstName") ?? Credentials.CheckName(request.LastName, "lastName");
    }

    private Account Make(RegisterRequest request)
    {
        var (first, last, email) = (request.FirstName.Trim(), request.LastName.Trim(), Credentials.Normalize(request.Email)!);
        return new Account
        {
            Kind = CallerKind.Person, Email = request.Email.Trim(), NormalizedEmail = email, FirstName = first, LastName = last,
            SearchText = $"{first} {last} {email}".ToLowerInvariant(), SecurityStamp = OpaqueToken.New(), CreatedAt = verification.Now,
        };
    }

    private static Problem Taken() => Problem.Conflict("email_taken", "There is an account with this address. Sign in, or reset the password.") with
    {
        Fields = new Dictionary<string, string[]> { ["email"] = ["This address has an account."] },
    };
}
