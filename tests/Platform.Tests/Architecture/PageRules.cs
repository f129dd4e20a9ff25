using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Platform.Api;

namespace Platform.Tests.Architecture;

/// <summary>Every page says who may open it; staff pages say which staff.</summary>
public sealed class PageRules
{
    [Fact]
    public void Every_page_has_a_policy_or_says_that_anybody_may_open_it() => Unguarded(typeof(Program).Assembly.GetTypes()).ShouldBeEmpty();

    [Fact]
    public void Page_rule_bites() =>
        Unguarded([typeof(Naked), typeof(NakedStaff), typeof(Guarded), typeof(Open), typeof(StaffPage)]).ShouldBe([nameof(Naked), nameof(NakedStaff)]);

    private static IEnumerable<string> Unguarded(IEnumerable<Type> types) =>
        from type in types
        let routes = type.GetCustomAttributes<RouteAttribute>(inherit: false).Select(r => r.Template).ToList()
        where routes.Count > 0 && type.GetCustomAttribute<AllowAnonymousAttribute>() is null
        let policies = type.GetCustomAttributes<AuthorizeAttribute>().Select(a => a.Policy).ToList()
        let staff = routes.Any(r => r == "/admin" || r.StartsWith("/admin/", StringComparison.Ordinal))
        where policies.Count == 0 || (staff && !policies.Any(p => p is not null && Policies.IsStaff(p)))
        select type.Name;

    [Route("/naked")] private sealed class Naked : ComponentBase;
    [Route("/admin/naked"), Authorize] private sealed class NakedStaff : ComponentBase;
    [Route("/guarded"), Authorize(Policies.ContentRead)] private sealed class Guarded : ComponentBase;
    [Route("/open"), AllowAnonymous] private sealed class Open : ComponentBase;
    [Route("/admin/guarded"), Authorize(Policies.StaffOverview)] private sealed class StaffPage : ComponentBase;
}
