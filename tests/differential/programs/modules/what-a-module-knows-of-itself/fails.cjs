throw new Error(`loaded ${module.loaded}`);
