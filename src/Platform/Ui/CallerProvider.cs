using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Platform.Tenancy;

namespace Platform.Ui;

/// <summary>
/// Who looks at a page: the staff account under <c>/admin</c>, the customer everywhere else. Ask again for each action rather than keep the answer:
/// the person may have been signed out or given another role meanwhile.
/// </summary>
public sealed class CallerProvider(AuthenticationStateProvider authentication, NavigationManager navigation, PageActivity activity)
{
    /// <summary>The caller, with the address that the page's session is used from and the id of what is being done; <see cref="Caller.Anonymous"/> where nobody of that kind is signed in.</summary>
    public async Task<Caller> GetAsync()
    {
        var state = await authentication.GetAuthenticationStateAsync();
        return (CallerClaims.Read(state.User, Area) ?? Caller.Anonymous) with { CorrelationId = activity.Id };
    }

    private CallerKind Area => IsStaffPath(navigation.ToBaseRelativePath(navigation.Uri)) ? CallerKind.Staff : CallerKind.Person;

    private static bool IsStaffPath(string path) =>
        path.StartsWith("admin", StringComparison.OrdinalIgnoreCase) && (path.Length == 5 || path[5] is '/' or '?' or '#');
}
