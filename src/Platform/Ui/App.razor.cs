using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace Platform.Ui;

/// <summary>
/// The document. Pages are interactive on the server unless they say <c>[ExcludeFromInteractiveRouting]</c> (signed-out forms, which set
/// cookies and therefore need a plain request). The reader's choices come from cookies, so that the first paint is right.
/// </summary>
public sealed partial class App
{
    /// <summary>The request that this document answers.</summary>
    [CascadingParameter]
    public required HttpContext Http { get; set; }

    private bool IsInteractive => Http.AcceptsInteractiveRouting();

    private IComponentRenderMode? Mode => IsInteractive ? RenderMode.InteractiveServer : null;

    private static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName is { Length: 2 } two and not "iv" ? two : "en";

    private static string Direction => CultureInfo.CurrentUICulture.TextInfo.IsRightToLeft ? "rtl" : "ltr";

    private string? Preference(string name, params string[] allowed) => Http.Request.Cookies[name] is { } value && allowed.Contains(value) ? value : null;
}
