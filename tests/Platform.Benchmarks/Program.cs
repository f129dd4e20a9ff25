using Platform.Benchmarks;

var all = typeof(IBenchmark).Assembly.GetTypes().Where(t => t.IsClass && t.IsAssignableTo(typeof(IBenchmark)))
    .Select(t => (IBenchmark)Activator.CreateInstance(t)!).OrderBy(b => b.Id, StringComparer.Ordinal).ToList();
var chosen = all.Where(b => args.Contains(b.Id, StringComparer.OrdinalIgnoreCase)).ToList();
if (chosen.Count == 0)
{
    Console.WriteLine("dotnet run -c Release --project tests/Platform.Benchmarks -- <id>…   where <id> is one of:");
    all.ForEach(b => Console.WriteLine($"  {b.Id}  {b.Title}"));
    return args is ["--list"] or ["list"] or ["-list"] ? 0 : 2;
}
foreach (var benchmark in chosen)
{
    Console.WriteLine($"## {benchmark.Id} {benchmark.Title}");
    Console.WriteLine(await benchmark.RunAsync());
}
return 0;
