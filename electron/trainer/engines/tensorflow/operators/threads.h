// Threads that stay: starting one takes longer than a small layer does.
#pragma once
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

/** Asked for once: the answer is read from a file of the system. */
inline int64_t processors() {
  static const int64_t count = std::max<int64_t>(std::thread::hardware_concurrency(), 1);
  return count;
}

class Workers {
 public:
  /** Never ends: its threads may wait for work when the process does. */
  static Workers &all() {
    static Workers *workers = new Workers;
    return *workers;
  }

  /** Calls work(part) for every part below count, on this thread and those that have nothing else to do. */
  void share(int64_t count, std::function<void(int64_t)> work) {
    if (count <= 1) return count == 1 ? work(0) : void();
    const auto job = std::make_shared<Job>(std::move(work), count);
    {
      std::lock_guard<std::mutex> hold(mutex);
      jobs.push_back(job);
    }
    come.notify_all();
    take(*job);
    std::unique_lock<std::mutex> hold(mutex);
    done.wait(hold, [&] { return job->left == 0; });
  }

 private:
  struct Job {
    Job(std::function<void(int64_t)> work, int64_t count) : work(std::move(work)), count(count), left(count) {}
    const std::function<void(int64_t)> work;
    const int64_t count;
    std::atomic<int64_t> next{0}, left;
  };
  std::mutex mutex;
  std::condition_variable come, done;
  std::deque<std::shared_ptr<Job>> jobs;

  Workers() {
    for (int64_t i = 1; i < processors(); i++) std::thread([this] { serve(); }).detach();
  }

  void serve() {
    for (;;) {
      std::shared_ptr<Job> job;
      {
        std::unique_lock<std::mutex> hold(mutex);
        come.wait(hold, [&] {
          while (!jobs.empty() && jobs.front()->next >= jobs.front()->count) jobs.pop_front();
          return !jobs.empty();
        });
        job = jobs.front();
      }
      take(*job);
    }
  }

  void take(Job &job) {
    for (int64_t part; (part = job.next++) < job.count;) {
      job.work(part);
      if (--job.left > 0) continue;
      std::lock_guard<std::mutex> hold(mutex);
      done.notify_all();
    }
  }
};
