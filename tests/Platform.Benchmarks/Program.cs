using System.Globalization;
using Platform.Benchmarks;
using Platform.Benchmarks.Running;

if (args is ["role", var role, .. var rest]) { return await Roles.PlayAsync(role, rest); }
var all = typeof(IBenchmark).Assembly.GetTypes().Where(t => t.IsClass && t.IsAssignableTo(typeof(IBenchmark)))
    .Select(t => (IBenchmark)Activator.CreateInstance(t)!).OrderBy(b => b.Id, StringComparer.Ordinal).ToList();
var chosen = all.Where(b => args.Contains(b.Id, StringComparer.OrdinalIgnoreCase)).ToList();
var given = args.Where(a => a.Contains('=', StringComparison.Ordinal)).ToDictionary(a => a.Split('=')[0], a => int.Parse(a.Split('=')[1], CultureInfo.InvariantCulture));
if (given.Keys.FirstOrDefault(name => !chosen.Any(b => b.Sizes.ContainsKey(name))) is { } unknown)
{
    Console.Error.WriteLine($"None of the chosen benchmarks has a size \"{unknown}\".");
    return 2;
}
if (chosen.Count == 0)
{
    Console.WriteLine("dotnet run -c Release --project tests/Platform.Benchmarks -- <id>… [size=number]…   where <id> is one of:");
    all.ForEach(b => Console.WriteLine($"  {b.Id}  {b.Title}{string.Concat(b.Sizes.Select(s => $"  {s.Key}={s.Value}"))}"));
    return args is ["--list"] or ["list"] or ["-list"] ? 0 : 2;
}
foreach (var benchmark in chosen)
{
    Console.WriteLine($"## {benchmark.Id} {benchmark.Title}\n{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} processors, {Machine.Load()}.");
    Console.WriteLine(await benchmark.RunAsync(benchmark.Sizes.ToDictionary(s => s.Key, s => given.GetValueOrDefault(s.Key, s.Value))));
    Console.WriteLine($"At the end: {Machine.Load()}.");
}
return 0;
