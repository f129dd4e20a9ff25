namespace Platform.Tests;

public sealed class CommandsTests
{
    [Fact]
    public void A_file_beside_a_command_does_not_swallow_the_settings_after_it() =>
        Commands.Settings(["backup", "/tmp/file", "--Platform:DataDirectory=/data"]).ShouldBe(["--Platform:DataDirectory=/data"]);

    [Fact]
    public void Without_a_command_all_arguments_are_settings() => Commands.Settings(["--urls", "http://localhost:1"]).ShouldBe(["--urls", "http://localhost:1"]);

    [Fact]
    public void A_published_program_finds_its_files_from_any_folder_and_a_build_looks_where_it_is_started()
    {
        var here = Directory.CreateTempSubdirectory("platform-test-").FullName;
        var (published, built, elsewhere) = (Path.Combine(here, "published"), Path.Combine(here, "built"), Path.Combine(here, "elsewhere"));
        Directory.CreateDirectory(Path.Combine(published, "wwwroot"));
        Commands.ContentRoot(published, elsewhere).ShouldBe(published);
        Commands.ContentRoot(published, published).ShouldBeNull();
        Commands.ContentRoot(built, elsewhere).ShouldBeNull();
        // dotnet run from the repository: its own files, not copies beside the build.
        Commands.ContentRoot(Path.Combine(published, "bin"), published).ShouldBeNull();
        Directory.Delete(here, recursive: true);
    }
}
