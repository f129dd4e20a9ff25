using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Platform.Benchmarks.Running;

/// <summary>The peer over HTTP, in the same build: a hello of JSON, bytes without work, inserts by a bare group commit, and a page with one counter in a circuit.</summary>
internal static class HelloServer
{
    public static async Task ServeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRazorComponents().AddInteractiveServerComponents(o => o.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(15));
        await using var app = builder.Build();
        var inserts = new BareInserts();
        app.UseAntiforgery();
        app.MapGet("/hello", () => new { id = "019a", text = BenchmarkPost.Sample, state = "scheduled" });
        app.MapGet("/bytes", (int n) => Results.Bytes(new byte[n], "text/html"));
        app.MapPost("/insert", async (HttpRequest request) => { using var reader = new StreamReader(request.Body); await inserts.AddAsync(await reader.ReadToEndAsync()); return Results.Created("/insert/1", new { id = "019a" }); });
        app.MapRazorComponents<HelloPage>().AddInteractiveServerRenderMode();
        await app.StartAsync();
        Console.WriteLine($"listening {app.Urls.First()}");
        await Task.Delay(Timeout.Infinite);
    }

    /// <summary>One writer that commits whatever has come meanwhile (WAL, synchronous=FULL), over a table with two indexes.</summary>
    private sealed class BareInserts
    {
        private readonly Channel<(string Body, TaskCompletionSource Done)> _waiting = Channel.CreateUnbounded<(string, TaskCompletionSource)>();

        public BareInserts() => new Thread(Write) { IsBackground = true }.Start();

        public Task AddAsync(string body)
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Writer.TryWrite((body, done));
            return done.Task;
        }

        private void Write()
        {
            using var connection = new SqliteConnection($"Data Source={Path.Combine(Directory.CreateTempSubdirectory("benchmark-hello-").FullName, "peer.db")};Pooling=False");
            connection.Open();
            using (var make = connection.CreateCommand())
            {
                make.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE posts (id TEXT PRIMARY KEY, org TEXT, due TEXT, body TEXT); CREATE INDEX a ON posts (org, due, id); CREATE INDEX b ON posts (due)";
                make.ExecuteNonQuery();
            }
            using var insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO posts VALUES ($id, $org, $due, $body)";
            foreach (var name in new[] { "$id", "$org", "$due", "$body" }) { insert.Parameters.Add(name, SqliteType.Text); }
            while (_waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                var done = new List<TaskCompletionSource>();
                using var transaction = connection.BeginTransaction();
                insert.Transaction = transaction;
                while (done.Count < 256 && _waiting.Reader.TryRead(out var next))
                {
                    (insert.Parameters[0].Value, insert.Parameters[1].Value, insert.Parameters[2].Value, insert.Parameters[3].Value) = (Guid.CreateVersion7().ToString(), "one", "2026", next.Body);
                    insert.ExecuteNonQuery();
                    done.Add(next.Done);
                }
                transaction.Commit();
                done.ForEach(d => d.SetResult());
            }
        }
    }
}

/// <summary>The peer's page: a document with one interactive counter.</summary>
[Route("/")]
public sealed class HelloPage : ComponentBase
{
    /// <inheritdoc />
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.AddMarkupContent(0, "<!DOCTYPE html><html><head><base href=\"/\" /></head><body>");
        builder.OpenComponent<HelloCounter>(1);
        builder.AddComponentRenderMode(RenderMode.InteractiveServer);
        builder.CloseComponent();
        builder.AddMarkupContent(2, "</body></html>");
    }
}

/// <summary>A button that counts its clicks.</summary>
public sealed class HelloCounter : ComponentBase
{
    private int _count;

    /// <inheritdoc />
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "button");
        builder.AddAttribute(1, "onclick", EventCallback.Factory.Create<MouseEventArgs>(this, () => _count++));
        builder.AddContent(2, $"Hello, {_count}");
        builder.CloseElement();
    }
}
