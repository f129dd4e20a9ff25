using System.Globalization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using Platform.Features.Accounts.Actions;
using Platform.Primitives;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Accounts.Ui;

/// <summary>A person's own profile: picture, names, how dates are written, address, appearance, keyboard.</summary>
public sealed partial class AccountPage(CallerProvider callers, OwnProfile profile, OwnAvatar avatar, TimeProvider time, Toasts toasts, IStringLocalizer<AccountPageTexts> T)
{
    private static readonly string[] Themes = ["light", "dark", "system"];
    private static readonly IReadOnlyList<string> Zones = [.. TimeZoneInfo.GetSystemTimeZones().Where(z => z.HasIanaId).Select(z => z.Id).Append("Etc/UTC").Distinct().Order(StringComparer.Ordinal)];
    private readonly ProfileForm form = new();
    private Result<ProfileView>? me;
    private Problem? problem;
    private string? pictureFault;

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        me = await profile.GetAsync(await callers.GetAsync(), CancellationToken.None);
        if (me.Ok) { form.Fill(me.Value); }
    }

    private string Sample(string locale)
    {
        var culture = CultureInfo.GetCultureInfo(locale);
        return $"{culture.NativeName}: {time.GetUtcNow().ToString("d MMM yyyy, t", culture)}";
    }

    private async Task SaveAsync()
    {
        var result = await profile.UpdateAsync(await callers.GetAsync(), form.ToRequest(), CancellationToken.None);
        problem = result.Problem;
        if (!result.Ok) { return; }
        me = result;
        toasts.Say(T["Saved"]);
    }

    private async Task PictureAsync(InputFileChangeEventArgs chosen)
    {
        if (chosen.File.Size > OwnAvatar.MostBytes) { pictureFault = T["PictureTooLarge"]; return; }
        await using var content = chosen.File.OpenReadStream(OwnAvatar.MostBytes);
        Take(await avatar.SetAsync(await callers.GetAsync(), content, CancellationToken.None));
    }

    private async Task RemovePictureAsync() => Take(await avatar.RemoveAsync(await callers.GetAsync(), CancellationToken.None));

    private void Take(Result<ProfileView> result)
    {
        pictureFault = result.Problem?.Message;
        if (result.Ok) { me = result; }
    }
}

/// <summary>The profile while it is edited; empty: not set.</summary>
public sealed class ProfileForm
{
    /// <summary>First name.</summary>
    public string FirstName { get; set; } = "";

    /// <summary>Last name.</summary>
    public string LastName { get; set; } = "";

    /// <summary>What others see.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>What the person does.</summary>
    public string JobTitle { get; set; } = "";

    /// <summary>A telephone number.</summary>
    public string Phone { get; set; } = "";

    /// <summary>An IANA zone.</summary>
    public string TimeZone { get; set; } = "";

    /// <summary>A locale.</summary>
    public string Locale { get; set; } = "";

    /// <summary>Takes what is stored.</summary>
    public void Fill(ProfileView view) => (FirstName, LastName, DisplayName, JobTitle, Phone, TimeZone, Locale) =
        (view.FirstName, view.LastName, view.DisplayName ?? "", view.JobTitle ?? "", view.Phone ?? "", view.TimeZone ?? "", view.Locale ?? "");

    /// <summary>What is asked for.</summary>
    public UpdateProfileRequest ToRequest() => new(FirstName, LastName, DisplayName, JobTitle, Phone, TimeZone, Locale);
}
