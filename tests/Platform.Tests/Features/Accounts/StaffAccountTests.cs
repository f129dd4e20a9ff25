using System.Net;
using System.Net.Http.Json;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Store;
using Platform.Features.Notifications.Contracts;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Accounts;

/// <summary>Staff accounts, managed by SuperAdmins.</summary>
public sealed class StaffAccountTests
{
    private const string Staff = "/api/v1/admin/staff";

    [Fact]
    public async Task An_invited_colleague_sets_the_password_by_the_link_and_only_then_signs_in()
    {
        using var app = new PlatformApp();
        var admin = await app.StaffAsync();
        var made = await (await admin.Client.PostAsJsonAsync(Staff, new { email = "grace@platform.test", name = "Grace", role = "support", password = "typed by somebody else" })).ReadAsync();
        made.GetProperty("invited").GetBoolean().ShouldBeTrue();
        (await LoginAsync(app, "typed by somebody else")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await admin.Client.PostAsync($"{Staff}/{made.GetProperty("id").GetString()}/invitation", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var account = await app.Get<AccountStore>().ByEmailAsync(CallerKind.Staff, "grace@platform.test", default);
        var batch = new Platform.Storage.WriteBatch();
        var token = app.Get<OneTimeTokenStore>().Stage(batch, account!, TokenPurpose.ResetPassword, StaffMail.InvitationLife);
        await app.Get<AccountStore>().CommitAsync(batch, default);
        (await app.Get<ResetPassword>().RunAsync(CallerKind.Staff, Caller.Anonymous, new ResetPasswordRequest(token, TestStaff.Password), default)).Unwrap();
        (await LoginAsync(app, TestStaff.Password)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await admin.Client.PostAsync($"{Staff}/{account!.Id}/invitation", null)).ProblemAsync()).ShouldBe("already_joined");

        Task<HttpResponseMessage> LoginAsync(PlatformApp a, string password) => a.CreateClient().PostAsJsonAsync("/api/v1/admin/auth/login", new { email = "grace@platform.test", password });
    }

    [Fact]
    public async Task A_new_role_counts_at_once_and_is_recorded_with_before_and_after()
    {
        using var app = new PlatformApp();
        var (admin, support) = (await app.StaffAsync(), await app.StaffAsync(StaffRole.Support));
        (await support.Client.GetAsync("/api/v1/admin/users")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await admin.Client.PutAsJsonAsync($"{Staff}/{support.Caller.UserId}/role", new { role = "technical" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await support.Client.GetAsync("/api/v1/admin/users")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await support.Client.GetAsync("/api/v1/admin/jobs")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Audits.OfAsync(app, "staff.role_changed", support.Caller.UserId!)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_suspended_colleague_is_out_at_once_and_can_be_let_in_again()
    {
        using var app = new PlatformApp();
        var (admin, support) = (await app.StaffAsync(), await app.StaffAsync(StaffRole.Support));
        (await (await admin.Client.PostAsJsonAsync($"{Staff}/{support.Caller.UserId}/suspend", new { reason = " " })).ProblemAsync()).ShouldBe("reason_missing");
        (await admin.Client.PostAsJsonAsync($"{Staff}/{support.Caller.UserId}/suspend", new { reason = "left" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await support.Client.GetAsync("/api/v1/admin/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var login = new { email = support.Caller.Name, password = TestStaff.Password };
        (await app.CreateClient().PostAsJsonAsync("/api/v1/admin/auth/login", login)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await admin.Client.PostAsync($"{Staff}/{support.Caller.UserId}/activate", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await app.CreateClient().PostAsJsonAsync("/api/v1/admin/auth/login", login)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nobody_changes_themselves_and_of_two_super_admins_who_suspend_each_other_one_stays()
    {
        using var app = new PlatformApp();
        var first = await app.StaffAsync();
        (await (await first.Client.PutAsJsonAsync($"{Staff}/{first.Caller.UserId}/role", new { role = "support" })).ProblemAsync()).ShouldBe("own_account");
        var second = await app.StaffAsync(StaffRole.Admin);
        (await first.Client.PutAsJsonAsync($"{Staff}/{second.Caller.UserId}/role", new { role = "superAdmin" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var change = app.Get<ChangeStaff>();
        var (one, two) = (first.Caller, second.Caller with { StaffRole = StaffRole.SuperAdmin });
        var results = await Task.WhenAll(change.SuspendAsync(one, two.UserId!, "race", default), change.SuspendAsync(two, one.UserId!, "race", default));
        results.Count(r => r.Ok).ShouldBe(1);
        (await app.Get<AccountStore>().CountActiveAsync(StaffRole.SuperAdmin, default)).ShouldBe(1);
        var left = results[0].Ok ? one : two;
        // Whoever stays is the last one, and a session that still believes to be SuperAdmin cannot take that away.
        (await change.SetRoleAsync(left with { UserId = "somebody-else" }, left.UserId!, StaffRole.Support, default)).Problem!.Code.ShouldBe("last_super_admin");
    }

    [Fact]
    public async Task A_reset_takes_the_second_factor_off_and_signs_out()
    {
        using var app = new PlatformApp();
        var (admin, support) = (await app.StaffAsync(), await app.StaffAsync(StaffRole.Support));
        await TestTwoFactor.OnAsync(app, support.Caller.UserId!);
        (await (await admin.Client.GetAsync($"{Staff}/{support.Caller.UserId}")).ReadAsync()).GetProperty("twoFactor").GetBoolean().ShouldBeTrue();
        (await admin.Client.PostAsync($"{Staff}/{support.Caller.UserId}/reset-two-factor", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await support.Client.GetAsync("/api/v1/admin/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.CreateClient().PostAsJsonAsync("/api/v1/admin/auth/login", new { email = support.Caller.Name, password = TestStaff.Password })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Sessions_can_be_ended_and_only_super_admins_manage_colleagues()
    {
        using var app = new PlatformApp();
        var (admin, other) = (await app.StaffAsync(), await app.StaffAsync(StaffRole.Admin));
        (await other.Client.PostAsync($"{Staff}/{admin.Caller.UserId}/sign-out", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await admin.Client.PostAsync($"{Staff}/{other.Caller.UserId}/sign-out", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await other.Client.GetAsync("/api/v1/admin/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var customer = await app.SignUpAsync();
        (await admin.Client.PostAsync($"{Staff}/{customer.UserId}/sign-out", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Every_staff_account_reads_the_permission_table()
    {
        using var app = new PlatformApp();
        var staff = await app.StaffAsync(StaffRole.Finance);
        var table = await (await staff.Client.GetAsync("/api/v1/admin/roles")).ReadAsync();
        var support = table.GetProperty("staff").EnumerateArray().Single(r => r.GetProperty("role").GetString() == "support");
        support.GetProperty("permissions").EnumerateArray().Select(p => p.GetString()).ShouldContain("staffImpersonate");
        table.GetProperty("members").GetArrayLength().ShouldBe(Enum.GetValues<Role>().Length);
    }
}
