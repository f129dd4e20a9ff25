using Platform.Ui;

namespace Platform.Features.Accounts.Ui;

/// <summary>
/// A component on the security page of one's own account, between two-factor authentication and the sessions: passkeys, connected identities. It takes no
/// parameters; a failure inside it never takes the page with it. Registered with <c>services.AddSingleton(new AccountSecurityPart(…))</c>.
/// </summary>
/// <param name="Area">The customers' page or the staff's.</param>
/// <param name="Order">Among its neighbours; by tens.</param>
/// <param name="Component">The component's type.</param>
public sealed record AccountSecurityPart(MenuArea Area, int Order, Type Component);
