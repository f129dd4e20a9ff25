namespace Platform.Tests;

public sealed class CommandsTests
{
    [Fact]
    public void A_file_beside_a_command_does_not_swallow_the_settings_after_it() =>
        Commands.Settings(["backup", "/tmp/file", "--Platform:DataDirectory=/data"]).ShouldBe(["--Platform:DataDirectory=/data"]);

    [Fact]
    public void Without_a_command_all_arguments_are_settings() => Commands.Settings(["--urls", "http://localhost:1"]).ShouldBe(["--urls", "http://localhost:1"]);
}
