namespace Platform.Tests.Architecture;

/// <summary>The size budgets of the house: a file is read in one sitting, a method on one screen.</summary>
public sealed class SizeRules
{
    private const int FileLines = 300, MarkupLines = 200, MethodLines = 50, Nesting = 3, Parameters = 6;
    private static readonly string Source = Path.Combine(TestKit.PlatformApp.RepositoryRoot(), "src");

    [Fact]
    public void Files_stay_within_the_budget() => Holds(
        Files("*.cs").Concat(Files("*.razor"))
            .Select(f => (File: f, Lines: File.ReadLines(f).Count(), Most: f.EndsWith(".razor", StringComparison.Ordinal) ? MarkupLines : FileLines))
            .Where(f => f.Lines > f.Most).Select(f => $"{Short(f.File)} has {f.Lines} lines, at most {f.Most}"));

    [Fact]
    public void Methods_stay_within_the_budget() => Holds(Files("*.cs").SelectMany(f => TooLarge(File.ReadAllText(f)).Select(said => $"{Short(f)}: {said}")));

    [Fact]
    public void Names_say_what_things_are() => Holds(
        Files("*.cs").Where(f => Path.GetFileNameWithoutExtension(f) is var n && Vague.Any(v => n.EndsWith(v, StringComparison.Ordinal) || n.Contains(v + ".", StringComparison.Ordinal)))
            .Select(f => $"{Short(f)}: a name that does not say what it is"));

    [Fact]
    public void Method_rules_bite() => TooLarge(Offenders).ShouldBe(
        ["LongOne has 51 lines, at most 50", "DeepOne nests 4 deep, at most 3", "Crowded takes 7 parameters, at most 6", "Wide takes 7 parameters, at most 6"], ignoreOrder: true);

    private static readonly string[] Vague = ["Helper", "Helpers", "Utils", "Util", "Common", "Impl", "Manager"];

    private static readonly string Offenders = $$"""
        namespace A;
        public sealed class Crowded(int a, int b, int c, int d, int e, int f, Func<int, int> g) { }
        public sealed class B
        {
            private readonly int[] _x = new int[] { 1, 2 };
            public B(int a) { if (a > 0) { a = 1; } }
            public int Fine { get { return 1; } }
            public void LongOne<T>(T x) where T : class
            {
        {{string.Join('\n', Enumerable.Repeat("        Call(\"}{\"); // }", 51))}}
            }
            public async Task DeepOne()
            {
                foreach (var x in y) { if (x) { while (true) { if (z) { Go(); } } } }
            }
        }
        public sealed class Wide
        {
            public Wide(int a, int b, int c, int d, int e, int f, int g) { }
        }
        """;

    private static IEnumerable<string> TooLarge(string source)
    {
        foreach (var method in SourceText.Methods(source))
        {
            if (method.Lines > MethodLines) { yield return $"{method.Name} has {method.Lines} lines, at most {MethodLines}"; }
            if (method.Nesting > Nesting) { yield return $"{method.Name} nests {method.Nesting} deep, at most {Nesting}"; }
        }
        foreach (var (name, parameters) in SourceText.Constructors(source).Where(c => c.Parameters > Parameters)) { yield return $"{name} takes {parameters} parameters, at most {Parameters}"; }
    }

    private static IEnumerable<string> Files(string pattern) => Directory.EnumerateFiles(Source, pattern, SearchOption.AllDirectories)
        .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));

    private static string Short(string file) => Path.GetRelativePath(Source, file);

    private static void Holds(IEnumerable<string> broken) => string.Join('\n', broken.Order()).ShouldBeEmpty();
}
