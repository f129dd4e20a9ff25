using Platform.Features.Accounts.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>The way through the setup page: from this machine itself, or with the one-time code from the log.</summary>
public sealed class SetupAccess(SetupCode code)
{
    /// <summary>The code to log.</summary>
    public string Code() => code.Get();

    /// <summary>Makes the first staff account for somebody who comes from this machine or knows the code; then the code is gone.</summary>
    public async Task<Result<Done>> RunAsync(FirstStaff first, Caller caller, bool local, string? given, FirstStaffRequest request, CancellationToken cancellationToken)
    {
        if (!await first.IsMissingAsync(cancellationToken)) { return Problem.Conflict("setup_closed", "The first staff account exists. Sign in with it."); }
        if (!local && !code.Matches(given)) { return Problem.InvalidField("code", "wrong_code", "This is not the code. It is in the server's log, and in the file keys/setup-code of its data directory."); }
        var made = await first.RunAsync(caller, request, cancellationToken);
        if (made.Ok) { code.Remove(); }
        return made;
    }
}
