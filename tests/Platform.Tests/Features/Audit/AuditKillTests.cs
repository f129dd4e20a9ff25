using System.Net.Http.Json;
using Platform.Tests.Faults;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Audit;

/// <summary>The real app, killed while it writes: nothing is lost between a change and its seal, and <c>verify-audit</c> says so.</summary>
public sealed class AuditKillTests
{
    [Fact]
    public async Task Killed_between_write_and_seal_the_log_stays_sound()
    {
        var folder = Directory.CreateTempSubdirectory("audit-kill-").FullName;
        try
        {
            for (var round = 0; round < 2; round++)
            {
                await using var app = AppProcess.Start(folder);
                using var client = await app.ClientAsync("none");
                var writers = Enumerable.Range(0, 6).Select(_ => client.PostAsJsonAsync("/api/v1/auth/register", new { email = $"{Guid.CreateVersion7():n}@kill.test", password = "correct horse battery", firstName = "A", lastName = "B", organizationName = "Kill", timeZone = "Etc/UTC" })).ToList();
                // The first answer is there, its seal comes within a second: this is the gap.
                await (await Task.WhenAny(writers)).ConfigureAwait(true);
                app.Kill();
                await app.ExitedAsync();
                foreach (var writer in writers) { try { await writer; } catch (HttpRequestException) { /* cut off */ } }
            }
            var (code, output) = await AppProcess.CommandAsync(folder, "verify-audit");
            code.ShouldBe(0, output);
            output.ShouldContain("The log is sound.");
        }
        finally { Directory.Delete(folder, recursive: true); }
    }
}
