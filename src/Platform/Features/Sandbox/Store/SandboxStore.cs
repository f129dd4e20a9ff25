using Platform.Features.Sandbox.Domain;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Sandbox.Store;

/// <summary>What the practice network keeps. It is a network, so it is asked by token and handle, across organizations; a customer's own view goes by caller.</summary>
public sealed class SandboxStore(IDocumentStore store)
{
    /// <summary>Accounts. One token over all organizations: a call finds its account by it alone. A handle is looked up before it is given, because stores of earlier versions hold some twice.</summary>
    public static readonly Collection<SandboxAccount> Accounts = new Collection<SandboxAccount>("sandbox_accounts")
        .Unique("token", Sort<SandboxAccount>.By(a => a.TokenHash), acrossOrganizations: true).Unique("refresh", Sort<SandboxAccount>.By(a => a.RefreshHash), acrossOrganizations: true)
        .Index("handle", Sort<SandboxAccount>.By(a => a.Handle), acrossOrganizations: true).Index("channel", Sort<SandboxAccount>.By(a => a.ChannelId));

    /// <summary>Posts.</summary>
    public static readonly Collection<SandboxPost> Posts = new Collection<SandboxPost>("sandbox_posts")
        .Index("account", Sort<SandboxPost>.By(p => p.AccountId).ThenByDescending(p => p.CreatedAt)).Index("key", Sort<SandboxPost>.By(p => p.AccountId).ThenBy(p => p.Key));

    /// <summary>Calls.</summary>
    public static readonly Collection<SandboxCallRecord> Calls = new Collection<SandboxCallRecord>("sandbox_calls")
        .Index("account", Sort<SandboxCallRecord>.By(c => c.AccountId).ThenBy(c => c.ReceivedAt)).Expire("old", c => c.ReceivedAt, TimeSpan.FromDays(30));

    private IDocuments<SandboxAccount> AllAccounts => store.ForPlatform<SandboxAccount>(Caller.Platform);

    private IDocuments<SandboxPost> AllPosts => store.ForPlatform<SandboxPost>(Caller.Platform);

    /// <summary>Adds an account; <see cref="DuplicateKeyException"/> where the handle is taken.</summary>
    public Task<SandboxAccount> AddAsync(SandboxAccount account, CancellationToken cancellationToken) => AllAccounts.InsertAsync(account, cancellationToken);

    /// <summary>The account that a token opens.</summary>
    public Task<SandboxAccount?> ByTokenAsync(string tokenHash, CancellationToken cancellationToken) => AllAccounts.FirstAsync(a => a.TokenHash == tokenHash, null, cancellationToken);

    /// <summary>The account whose unused refresh token this is, its count of refreshes raised.</summary>
    public Task<SandboxAccount?> CountRefreshAsync(string refreshHash, CancellationToken cancellationToken) =>
        AllAccounts.UpdateOneAsync(a => a.RefreshHash == refreshHash, new Update<SandboxAccount>().Increment(a => a.RefreshCalls), null, cancellationToken);

    /// <summary>Gives an account new tokens in place of a refresh token; null where another was quicker.</summary>
    public Task<SandboxAccount?> SwapTokensAsync(SandboxAccount account, string oldRefreshHash, string tokenHash, string refreshHash, CancellationToken cancellationToken) =>
        AllAccounts.UpdateOneAsync(a => a.Id == account.Id && a.RefreshHash == oldRefreshHash, new Update<SandboxAccount>()
            .Set(a => a.TokenHash, tokenHash).Set(a => a.RefreshHash, refreshHash).Set(a => a.Behavior, account.Behavior with { TokenExpired = false }), null, cancellationToken);

    /// <summary>Takes one of the faults that are left; null where none is.</summary>
    public Task<SandboxAccount?> TakeFaultAsync(string accountId, CancellationToken cancellationToken) =>
        AllAccounts.UpdateOneAsync(a => a.Id == accountId && a.FaultsLeft > 0, new Update<SandboxAccount>().Increment(a => a.FaultsLeft, -1), null, cancellationToken);

    /// <summary>The account of a handle.</summary>
    public Task<SandboxAccount?> ByHandleAsync(string handle, CancellationToken cancellationToken) => AllAccounts.FirstAsync(a => a.Handle == handle, null, cancellationToken);

    /// <summary>The account behind a channel, for the installation itself.</summary>
    public Task<SandboxAccount?> ByChannelAsync(string channelId, CancellationToken cancellationToken) => AllAccounts.FirstAsync(a => a.ChannelId == channelId, null, cancellationToken);

    /// <summary>The account behind one of the caller's channels.</summary>
    public Task<SandboxAccount?> ByChannelAsync(Caller caller, string channelId, CancellationToken cancellationToken) =>
        store.For<SandboxAccount>(caller).FirstAsync(a => a.ChannelId == channelId, null, cancellationToken);

    /// <summary>Sets when an account of the caller was opened.</summary>
    public Task<SandboxAccount?> SetOpenedAsync(Caller caller, string channelId, DateTimeOffset at, CancellationToken cancellationToken) =>
        store.For<SandboxAccount>(caller).UpdateOneAsync(a => a.ChannelId == channelId, new Update<SandboxAccount>().Set(a => a.CreatedAt, at), null, cancellationToken);

    /// <summary>Sets what an account of the caller does wrong.</summary>
    public Task<SandboxAccount?> SetBehaviorAsync(Caller caller, string accountId, SandboxBehavior behavior, CancellationToken cancellationToken) =>
        store.For<SandboxAccount>(caller).UpdateOneAsync(a => a.Id == accountId, new Update<SandboxAccount>().Set(a => a.Behavior, behavior).Set(a => a.FaultsLeft, behavior.Fault is SandboxFault.None ? 0 : behavior.Count), null, cancellationToken);

    /// <summary>Notes that a creating call arrived.</summary>
    public Task<SandboxCallRecord> NoteAsync(SandboxCallRecord call, CancellationToken cancellationToken) => store.ForPlatform<SandboxCallRecord>(Caller.Platform).InsertAsync(call, cancellationToken);

    /// <summary>Notes what was answered to a call that made nothing.</summary>
    public Task NoteAnswerAsync(SandboxCallRecord call, int status, CancellationToken cancellationToken) =>
        store.ForPlatform<SandboxCallRecord>(Caller.Platform).UpdateOneAsync(c => c.Id == call.Id, new Update<SandboxCallRecord>().Set(c => c.Status, status), null, cancellationToken);

    /// <summary>Takes a post and notes it with its call, both or neither.</summary>
    public Task<bool> AcceptAsync(SandboxPost post, SandboxCallRecord call, int status, CancellationToken cancellationToken) => store.CommitAsync(
        new WriteBatch().Insert(Caller.Platform, post).Update<SandboxCallRecord>(Caller.Platform, c => c.Id == call.Id,
            new Update<SandboxCallRecord>().Set(c => c.AcceptedAt, post.CreatedAt).Set(c => c.PostId, post.Id).Set(c => c.Status, status)), cancellationToken);

    /// <summary>The first post with a key.</summary>
    public Task<SandboxPost?> ByKeyAsync(string accountId, string key, CancellationToken cancellationToken) =>
        AllPosts.FirstAsync(p => p.AccountId == accountId && p.Key == key, Sort<SandboxPost>.By(p => p.CreatedAt), cancellationToken);

    /// <summary>A post of an account.</summary>
    public async Task<SandboxPost?> PostAsync(string accountId, string id, CancellationToken cancellationToken) =>
        await AllPosts.GetAsync(id, cancellationToken) is { } post && post.AccountId == accountId ? post : null;

    /// <summary>Posts of an account by id.</summary>
    public async Task<IReadOnlyList<SandboxPost>> PostsAsync(string accountId, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        (await AllPosts.FindAsync(new Query<SandboxPost> { Filter = p => p.AccountId == accountId && ids.Contains(p.Id), Limit = 100 }, cancellationToken)).Items;

    /// <summary>The newest posts of an account.</summary>
    public async Task<IReadOnlyList<SandboxPost>> NewestAsync(string accountId, int limit, CancellationToken cancellationToken) =>
        (await AllPosts.FindAsync(new Query<SandboxPost> { Filter = p => p.AccountId == accountId, Sort = Sort<SandboxPost>.ByDescending(p => p.CreatedAt), Limit = limit }, cancellationToken)).Items;

    /// <summary>How many posts an account has.</summary>
    public Task<long> CountAsync(string accountId, CancellationToken cancellationToken) => AllPosts.CountAsync(p => p.AccountId == accountId, cancellationToken);

    /// <summary>How many posts an account had at a moment.</summary>
    public Task<long> CountBeforeAsync(string accountId, DateTimeOffset at, CancellationToken cancellationToken) => AllPosts.CountAsync(p => p.AccountId == accountId && p.CreatedAt <= at, cancellationToken);

    /// <summary>Gives a post another text.</summary>
    public Task SetTextAsync(string id, string text, DateTimeOffset now, CancellationToken cancellationToken) =>
        AllPosts.UpdateOneAsync(p => p.Id == id, new Update<SandboxPost>().Set(p => p.Text, text).Set(p => p.EditedAt, now), null, cancellationToken);

    /// <summary>Deletes a post.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken) => AllPosts.DeleteAsync(id, cancellationToken);

    /// <summary>The calls of an account of the caller, oldest first.</summary>
    public Task<Page<SandboxCallRecord>> CallsAsync(Caller caller, string accountId, string? cursor, int limit, CancellationToken cancellationToken) =>
        store.For<SandboxCallRecord>(caller).FindAsync(new Query<SandboxCallRecord> { Filter = c => c.AccountId == accountId, Sort = Sort<SandboxCallRecord>.By(c => c.ReceivedAt), Cursor = cursor, Limit = limit }, cancellationToken);
}
